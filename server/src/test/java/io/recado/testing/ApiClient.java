package io.recado.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Calls a server's API over HTTP and holds every answer against openapi.yaml. For many threads.
public final class ApiClient implements AutoCloseable {

  private static final OpenApiContract CONTRACT = OpenApiContract.load();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /// The document.
  public static OpenApiContract contract() {
    return CONTRACT;
  }

  /// Calls.
  ///
  /// @param url of the server, without a path
  /// @param target path and query
  /// @param body empty for none
  /// @param headers names and values in turn
  /// @throws UncheckedIOException when there was no answer
  public Reply call(String url, String method, String target, byte[] body, List<String> headers) {
    return checked(method, target, exchange(url, method, target, body, headers));
  }

  /// As [#call], whatever the document says of the answer.
  public Reply exchange(
      String url, String method, String target, byte[] body, List<String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + target))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    return send(request.build());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private Reply send(HttpRequest request) {
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return new Reply(response.statusCode(), response.headers(), read(response, body));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// Of a stream, which does not end, only that it has begun.
  private static byte[] read(HttpResponse<?> response, InputStream body) throws IOException {
    boolean isStream =
        response
            .headers()
            .firstValue("Content-Type")
            .filter(type -> type.startsWith("text/event-stream"))
            .isPresent();
    return isStream ? body.readNBytes(1) : body.readAllBytes();
  }

  /// Fails unless the document has this answer.
  public static Reply checked(String method, String target, Reply reply) {
    String type = reply.header("Content-Type");
    if (reply.reason().equals("ROUTE_NOT_FOUND") || CONTRACT.find(method, target).isEmpty()) {
      CONTRACT.checkError(reply.status(), type, reply.body());
    } else {
      CONTRACT.checkResponse(method, target, reply.status(), type, reply.body());
    }
    if (reply.header("X-Request-Id").isEmpty()) {
      throw new AssertionError(method + " " + target + " answered without X-Request-Id");
    }
    return reply;
  }

  /// JSON, also written with apostrophes for quotation marks.
  static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
