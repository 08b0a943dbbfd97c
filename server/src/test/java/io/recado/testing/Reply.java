package io.recado.testing;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// What a server answered.
///
/// @param body as it came
public record Reply(int status, HttpHeaders headers, byte[] body) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// The body as JSON; a missing node when it is none.
  public JsonNode json() {
    boolean isJson = header("Content-Type").startsWith("application/json");
    return isJson && body.length > 0 ? JSON.readTree(body) : MissingNode.getInstance();
  }

  /// The body of a success.
  ///
  /// @throws AssertionError when it is none
  public JsonNode ok() {
    if (status != 200) {
      throw new AssertionError("answered " + status + ": " + text());
    }
    return json();
  }

  /// A header's first value; empty when it is absent.
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /// The reason of a refusal; empty for a success.
  public String reason() {
    return detail("ErrorInfo").path("reason").asString("");
  }

  /// The canonical status of a refusal.
  public String canonicalStatus() {
    return json().at("/error/status").asString("");
  }

  /// The fields that a refusal names, in its order.
  public List<String> fields() {
    return StreamSupport.stream(detail("BadRequest").path("fieldViolations").spliterator(), false)
        .map(violation -> violation.path("field").asString(""))
        .toList();
  }

  /// One of a refusal's details, by the end of its type.
  public JsonNode detail(String type) {
    for (JsonNode detail : json().at("/error/details")) {
      if (detail.path("@type").asString("").endsWith("." + type)) {
        return detail;
      }
    }
    return MissingNode.getInstance();
  }

  /// The body without what differs from request to request.
  public String textWithoutRequestId() {
    return text().replace(header("X-Request-Id"), "REQUEST");
  }

  /// The body as text.
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
