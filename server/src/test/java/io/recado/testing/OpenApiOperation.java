package io.recado.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// One method of one path.
///
/// @param method upper-case, such as `POST`
/// @param path with its parameters in braces
/// @param node what the document says of it
/// @param parameters those of the path and its own
public record OpenApiOperation(
    OpenApiDocument document,
    String method,
    String path,
    JsonNode node,
    List<OpenApiParameter> parameters,
    Pattern pattern) {

  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");

  static OpenApiOperation of(
      OpenApiDocument document, String method, String path, JsonNode item, JsonNode node) {
    return new OpenApiOperation(
        document,
        method.toUpperCase(Locale.ROOT),
        path,
        node,
        parametersOf(document, item, node),
        patternOf(path));
  }

  /// The `operationId`.
  public String id() {
    return node.path("operationId").asString("");
  }

  /// The least role that may call it: ADMIN, SENDER, READER, OPERATOR, or NONE where no key is
  /// asked for.
  public String role() {
    return node.path("x-required-role").asString("");
  }

  /// Method and path template.
  public OpenApiContract.Route route() {
    return new OpenApiContract.Route(method, path);
  }

  /// The schema of its JSON body; empty when it takes none.
  public Optional<JsonNode> requestSchema() {
    return Optional.ofNullable(requestContent().path("application/json").get("schema"));
  }

  /// Whether a call without a body is refused.
  public boolean isBodyRequired() {
    return document.resolve(node.path("requestBody")).path("required").asBoolean(false);
  }

  /// Bodies that it accepts, by name.
  public Map<String, JsonNode> requestExamples() {
    return examples(requestContent().path("application/json"));
  }

  /// The media types of its body and what the document says of each.
  public JsonNode requestContent() {
    return document.resolve(node.path("requestBody")).path("content");
  }

  /// What it answers by status code, or `default`; references followed.
  public Map<String, JsonNode> responses() {
    Map<String, JsonNode> responses = new LinkedHashMap<>();
    node.path("responses")
        .forEachEntry((status, response) -> responses.put(status, document.resolve(response)));
    return responses;
  }

  /// The named examples of a media type, references followed.
  public Map<String, JsonNode> examples(JsonNode mediaType) {
    Map<String, JsonNode> examples = new LinkedHashMap<>();
    mediaType
        .path("examples")
        .forEachEntry(
            (name, example) -> examples.put(name, document.resolve(example).path("value")));
    return examples;
  }

  /// Whether a concrete path, without query, is one of this operation's.
  public boolean matches(String concretePath) {
    return pattern.matcher(concretePath).matches();
  }

  int literalLength() {
    return PARAMETER.matcher(path).replaceAll("").length();
  }

  private static Pattern patternOf(String path) {
    var regex = new StringBuilder();
    var parameters = PARAMETER.matcher(path);
    int end = 0;
    while (parameters.find()) {
      regex.append(Pattern.quote(path.substring(end, parameters.start()))).append("[^/:]+");
      end = parameters.end();
    }
    return Pattern.compile(regex.append(Pattern.quote(path.substring(end))).toString());
  }

  private static List<OpenApiParameter> parametersOf(
      OpenApiDocument document, JsonNode item, JsonNode node) {
    List<OpenApiParameter> parameters = new ArrayList<>();
    for (JsonNode owner : List.of(item, node)) {
      for (JsonNode reference : owner.path("parameters")) {
        JsonNode parameter = document.resolve(reference);
        parameters.add(
            new OpenApiParameter(
                parameter.path("name").asString(""),
                parameter.path("in").asString(""),
                parameter.path("required").asBoolean(false),
                parameter.path("schema"),
                parameter));
      }
    }
    return List.copyOf(parameters);
  }
}
