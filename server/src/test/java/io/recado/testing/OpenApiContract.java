package io.recado.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/// Holds requests and answers against `openapi.yaml`. Everything that is wrong is an
/// `AssertionError` whose message says what the document has instead.
///
/// Make one and use it for many calls, from many threads: schemas are compiled once.
public final class OpenApiContract {

  /// A method and a path template, such as `GET /v1/channels/{channelId}`.
  public record Route(String method, String path) implements Comparable<Route> {

    @Override
    public int compareTo(Route other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private final JsonMapper json =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private final OpenApiDocument document;
  private final OpenApiSchemas schemas;

  private OpenApiContract(OpenApiDocument document) {
    this.document = document;
    this.schemas = new OpenApiSchemas(document);
  }

  /// Reads `openapi.yaml` from the class path.
  public static OpenApiContract load() {
    return new OpenApiContract(OpenApiDocument.load());
  }

  /// Every method and path template of the document.
  public Set<Route> routes() {
    return document.operations().stream()
        .map(OpenApiOperation::route)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Every operation of the document.
  public List<OpenApiOperation> operations() {
    return document.operations();
  }

  /// The document as a tree.
  public OpenApiDocument document() {
    return document;
  }

  /// The operation that a concrete request means.
  ///
  /// @param target the path as it was sent; a query is passed over
  public Optional<OpenApiOperation> find(String method, String target) {
    String path = pathOf(target);
    return document.operations().stream()
        .filter(operation -> operation.method().equals(method) && operation.matches(path))
        .findFirst();
  }

  /// Fails unless the document has this answer: the operation, the status, the media type, and a
  /// body that its schema allows.
  ///
  /// A method that a documented path does not have may be answered 405. For a path that is not
  /// documented use [#checkError].
  ///
  /// @param contentType as in the header; empty when there is none
  public void checkResponse(
      String method, String target, int status, String contentType, byte[] body) {
    Optional<OpenApiOperation> found = find(method, target);
    String call = method + " " + pathOf(target);
    if (found.isEmpty()) {
      if (status != 405 || !isPathKnown(target)) {
        throw new AssertionError(
            "%s answered %d, but openapi.yaml has no such route; add it there, or correct the call."
                .formatted(call, status));
      }
      checkError(status, contentType, body);
      return;
    }
    String what = "%s (%s) answered %d".formatted(call, found.get().id(), status);
    Map<String, JsonNode> responses = found.get().responses();
    JsonNode response = responses.get(String.valueOf(status));
    if (response == null) {
      throw new AssertionError(
          "%s, which openapi.yaml does not have for it; it has %s. The body: %s"
              .formatted(what, responses.keySet(), text(body)));
    }
    checkBody(what, response.path("content"), contentType, body);
    checkCode(what, status, body);
  }

  /// Fails unless the body is one of our refusals, with `status` in it. For answers that belong to
  /// no route, such as 404 for a path that does not exist.
  public void checkError(int status, String contentType, byte[] body) {
    JsonNode other = document.root().at("/components/responses/Other/content");
    String what = "an answer with status " + status;
    checkBody(what, other, contentType, body);
    checkCode(what, status, body);
  }

  /// Fails unless the document allows this request: the operation exists and its schema allows the
  /// body.
  ///
  /// @param contentType as in the header; empty when there is none
  public void checkRequest(String method, String target, String contentType, byte[] body) {
    String call = method + " " + pathOf(target);
    OpenApiOperation operation =
        find(method, target)
            .orElseThrow(() -> new AssertionError(call + " is not in openapi.yaml."));
    if (body.length == 0 && !operation.isBodyRequired()) {
      return;
    }
    checkBody("The request " + call, operation.requestContent(), contentType, body);
  }

  /// What is wrong with `value` by `schema`, a node of the document; empty when nothing is.
  public List<String> faults(JsonNode schema, JsonNode value) {
    return schemas.faults(schema, value);
  }

  private void checkBody(String what, JsonNode content, String contentType, byte[] body) {
    if (content.isEmpty()) {
      if (body.length > 0) {
        throw new AssertionError(what + " with a body, but openapi.yaml has none: " + text(body));
      }
      return;
    }
    String type = contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    JsonNode mediaType = content.get(type);
    if (mediaType == null) {
      throw new AssertionError(
          "%s as \"%s\", but openapi.yaml has %s."
              .formatted(what, type, List.copyOf(content.propertyNames())));
    }
    List<String> faults = schemas.faults(mediaType.path("schema"), value(what, type, body));
    if (!faults.isEmpty()) {
      throw new AssertionError(
          "%s with a body that its schema in openapi.yaml does not allow:%n  %s%nThe body: %s"
              .formatted(what, String.join("\n  ", faults), text(body)));
    }
  }

  private void checkCode(String what, int status, byte[] body) {
    if (status >= 400 && body.length > 0 && body[0] == '{') {
      JsonNode code = json.readTree(body).path("error").path("code");
      if (!code.isMissingNode() && code.asInt() != status) {
        throw new AssertionError(what + ", but its error.code is " + code + ".");
      }
    }
  }

  private JsonNode value(String what, String type, byte[] body) {
    if (!type.equals("application/json")) {
      return StringNode.valueOf(text(body));
    }
    try {
      JsonNode value = json.readTree(body);
      if (value.isMissingNode()) {
        throw new AssertionError(what + " with an empty body; openapi.yaml has JSON.");
      }
      return value;
    } catch (JacksonException e) {
      throw new AssertionError(what + " with a body that is not JSON: " + text(body), e);
    }
  }

  private boolean isPathKnown(String target) {
    String path = pathOf(target);
    return document.operations().stream().anyMatch(operation -> operation.matches(path));
  }

  private static String pathOf(String target) {
    return target.replaceFirst("[?#].*", "");
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
