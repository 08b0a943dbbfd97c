package io.recado.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// `openapi.yaml` as a tree, with its references followed.
///
/// Unmodifiable once read; for many threads.
public final class OpenApiDocument {

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final JsonNode root;
  private final List<OpenApiOperation> operations;

  private OpenApiDocument(JsonNode root) {
    this.root = root;
    this.operations = List.copyOf(operationsOf(root));
  }

  /// Reads the document that the server would serve, from the class path.
  public static OpenApiDocument load() {
    try (InputStream yaml = OpenApiDocument.class.getResourceAsStream("/openapi.yaml")) {
      if (yaml == null) {
        throw new AssertionError("openapi.yaml is not on the class path");
      }
      return new OpenApiDocument(new YAMLMapper().readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The whole document.
  public JsonNode root() {
    return root;
  }

  /// Every operation, the one whose path has most literal text first: the first that matches a
  /// concrete path is the one that is meant.
  public List<OpenApiOperation> operations() {
    return operations;
  }

  /// The node itself, or the one that its `$ref` names, through as many as there are.
  ///
  /// @throws AssertionError when a reference leads nowhere
  public JsonNode resolve(JsonNode node) {
    JsonNode resolved = node;
    while (resolved.has("$ref")) {
      String reference = resolved.get("$ref").asString();
      resolved =
          target(reference)
              .orElseThrow(() -> new AssertionError(reference + " is not in openapi.yaml"));
    }
    return resolved;
  }

  /// What a reference within the document names.
  public Optional<JsonNode> target(String reference) {
    if (!reference.startsWith("#/")) {
      return Optional.empty();
    }
    JsonNode node = root.at(reference.substring(1));
    return node.isMissingNode() ? Optional.empty() : Optional.of(node);
  }

  private List<OpenApiOperation> operationsOf(JsonNode document) {
    List<OpenApiOperation> found = new ArrayList<>();
    document
        .path("paths")
        .forEachEntry(
            (path, item) ->
                item.forEachEntry(
                    (method, node) -> {
                      if (METHODS.contains(method)) {
                        found.add(OpenApiOperation.of(this, method, path, item, node));
                      }
                    }));
    found.sort(Comparator.comparing(operation -> -operation.literalLength()));
    return found;
  }
}
