package io.recado;

import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.json.MalformedJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls a server's API on behalf of a command. For one thread.
final class ApiClient {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;
  private final String key;

  /// @throws WrongSettings when there is no key
  ApiClient(Config config) {
    url = config.url();
    key =
        config
            .key()
            .orElseThrow(
                () ->
                    new WrongSettings(
                        List.of(
                            "RECADO_KEY must be set to an API key of the server at " + url + ".")));
  }

  JsonObject get(String path) {
    return call("GET", path, null);
  }

  JsonObject post(String path, JsonObject body) {
    return call("POST", path, body);
  }

  void delete(String path) {
    call("DELETE", path, null);
  }

  private JsonObject call(String method, String path, @Nullable JsonObject body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(PATIENCE)
            .header("Authorization", authorization())
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(Json.write(body)))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      return answer(response);
    } catch (IOException _) {
      throw unreachable();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("Interrupted before the server had answered.");
    }
  }

  private JsonObject answer(HttpResponse<byte[]> response) {
    JsonObject body = json(response.body());
    if (response.statusCode() / 100 == 2) {
      return body;
    }
    throw refused(response.statusCode(), body);
  }

  /// Where the server is.
  String url() {
    return url;
  }

  /// What proves the caller.
  String authorization() {
    return "Bearer " + key;
  }

  /// Nobody answers.
  CommandFailed unreachable() {
    return new CommandFailed(
        "No server answers at "
            + url
            + ". Start one with ./recado serve, or set RECADO_URL to where one runs.");
  }

  /// What the server says against a call.
  CommandFailed refused(int status, JsonObject body) {
    String message =
        body.object("error")
            .flatMap(error -> error.string("message"))
            .orElse("What answers at " + url + " does not look like a Recado server.");
    return new CommandFailed(
        message + (status == 401 ? " Set RECADO_KEY to an API key of it." : ""));
  }

  private static JsonObject json(byte[] body) {
    try {
      return body.length == 0 ? JsonObject.empty() : Json.readObject(body);
    } catch (MalformedJson _) {
      return JsonObject.empty();
    }
  }
}
