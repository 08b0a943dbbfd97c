package io.recado.http.request;

import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer.
///
/// @param contentType empty when there is no body
/// @param body empty when the body is streamed
/// @param stream writes the body over time; null when it is there already
public record Response(
    int status,
    String contentType,
    byte[] body,
    Map<String, String> headers,
    @Nullable StreamedBody stream) {

  /// The type of every JSON answer.
  public static final String JSON = "application/json; charset=utf-8";

  /// An answer whose body is there.
  public Response(int status, String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, body, headers, null);
  }

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

  /// 200 with a body that is written over time. Proxies are asked not to gather it.
  public static Response streamed(String contentType, StreamedBody stream) {
    return new Response(200, contentType, new byte[0], Map.of("X-Accel-Buffering", "no"), stream);
  }

  /// 204: done, nothing to say.
  public static Response none() {
    return new Response(204, "", new byte[0], Map.of());
  }

  /// The same answer with one more header.
  public Response with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return with(all);
  }

  /// The same answer with these headers in place of its own.
  public Response with(Map<String, String> others) {
    return new Response(status, contentType, body, others, stream);
  }
}
