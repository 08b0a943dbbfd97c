package io.recado.emulator.graph;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// An answer.
///
/// @param headers what else it says of itself, by name
public record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
  public Reply(int status, String contentType, byte[] body) {
    this(status, contentType, body, Map.of());
  }

  public static Reply ok(JsonNode body) {
    return json(200, body);
  }

  public static Reply json(int status, JsonNode body) {
    return new Reply(status, "application/json; charset=UTF-8", Json.bytes(body));
  }

  /// Graph's `{"success": true}`.
  public static Reply success() {
    return ok(Json.object().put("success", true));
  }
}
