package io.recado.emulator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A plain client: the JDK's, so that nothing of the emulator's own is on this side.
public final class Http {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String baseUrl;
  private final String token;

  public Http(String baseUrl, String token) {
    this.baseUrl = baseUrl;
    this.token = token;
  }

  public record Answer(int status, byte[] bytes, java.net.http.HttpHeaders headers) {
    public JsonNode json() {
      return JSON.readTree(bytes);
    }

    public int code() {
      return json().at("/error/code").asInt(0);
    }

    public String details() {
      return json().at("/error/error_data/details").asString("");
    }
  }

  public Answer get(String path) {
    return call("GET", path, null);
  }

  public Answer post(String path, String body) {
    return call("POST", path, body);
  }

  public Answer put(String path, String body) {
    return call("PUT", path, body);
  }

  public Answer delete(String path) {
    return call("DELETE", path, null);
  }

  public Answer call(String method, String path, String body) {
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    return call(method, path, "application/json", bytes);
  }

  public Answer call(String method, String path, String contentType, byte[] body) {
    try {
      return tryCall(method, path, contentType, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Answer tryCall(String method, String path, String contentType, byte[] body)
      throws IOException {
    URI uri = URI.create(path.startsWith("http") ? path : baseUrl + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(15))
            .header("Content-Type", contentType)
            .method(method, BodyPublishers.ofByteArray(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.body(), response.headers());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public static JsonNode json(byte[] bytes) {
    return JSON.readTree(bytes);
  }
}
