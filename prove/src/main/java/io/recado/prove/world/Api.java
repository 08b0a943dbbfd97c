package io.recado.prove.world;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// HTTP with JSON, to the server as its callers have it, and to the emulator. For many threads.
public final class Api implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;
  private final String key;

  /// @param url without a path
  /// @param key the API key; empty for none
  public Api(String url, String key) {
    this.url = url;
    this.key = key;
  }

  String key() {
    return key;
  }

  /// The same key at another address.
  public Api at(String otherUrl) {
    return new Api(otherUrl, key);
  }

  /// What was answered; `body` is missing when it is no JSON.
  public record Reply(int status, JsonNode body) {

    /// Why it was refused; empty for a success.
    public String reason() {
      for (JsonNode detail : body.at("/error/details")) {
        if (detail.has("reason")) {
          return detail.path("reason").asString("");
        }
      }
      return "";
    }
  }

  /// @throws IOException when there was no answer
  public Reply call(String method, String target, String body, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + target))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      var response = http.send(request.build(), BodyHandlers.ofByteArray());
      return new Reply(response.statusCode(), parse(response.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// The body of a success.
  ///
  /// @throws CannotRun when it is none
  public JsonNode ok(String method, String target, String body) {
    try {
      Reply reply = call(method, target, body);
      if (reply.status == 200) {
        return reply.body;
      }
      throw new CannotRun(method + " " + target + " was answered " + reply.status + ".");
    } catch (IOException e) {
      throw new CannotRun(method + " " + target + " was not answered: " + e.getMessage());
    }
  }

  public JsonNode get(String target) {
    return ok("GET", target, "");
  }

  /// All items of a list, from page to page.
  ///
  /// @param items the name of the list in the answer
  public List<JsonNode> all(String target, String items) {
    List<JsonNode> found = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = get(target + "?pageSize=100&pageToken=" + token);
      page.path(items).forEach(found::add);
      token = page.path("nextPageToken").asString("");
    } while (!token.isEmpty());
    return found;
  }

  private static JsonNode parse(byte[] body) {
    try {
      return body.length == 0
          ? MissingNode.getInstance()
          : JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JacksonException _) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
