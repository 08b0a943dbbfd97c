package io.recado.http.request;

import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer.
///
/// @param contentType empty when there is no body
public record Response(int status, String contentType, byte[] body, Map<String, String> headers) {

  /// The type of every JSON answer.
  public static final String JSON = "application/json; charset=utf-8";

  /// 200 with a resource.
  public static Response ok(JsonObject resource) {
    return new Response(200, JSON, Json.write(resource), Map.of());
  }

  /// 200 with text.
  public static Response text(String text) {
    return bytes("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /// 200 with bytes of another type.
  public static Response bytes(String contentType, byte[] body) {
    return new Response(200, contentType, body, Map.of());
  }

  /// 204: done, nothing to say.
  public static Response none() {
    return new Response(204, "", new byte[0], Map.of());
  }

  /// The same answer with one more header.
  public Response with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Response(status, contentType, body, all);
  }
}
