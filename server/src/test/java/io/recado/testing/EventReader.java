package io.recado.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a stream of server-sent events over HTTP, as far as a test wants. For one thread.
public final class EventReader implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;
  private @Nullable String lastId;

  /// Opens a stream.
  ///
  /// @param target path and query
  /// @param lastId sent as `Last-Event-ID`; null for none
  public EventReader(RunningRecado recado, String key, String target, @Nullable String lastId) {
    var request =
        HttpRequest.newBuilder(URI.create(recado.address() + target))
            .header("Authorization", "Bearer " + key)
            .header("Accept", "text/event-stream");
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    this.lastId = lastId;
    try {
      response = http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /// The status of the answer.
  public int status() {
    return response.statusCode();
  }

  /// A header of the answer; empty when it is absent.
  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /// The next event; null when the stream has ended.
  public @Nullable JsonNode next() {
    String data = null;
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && data != null) {
          return JSON.readTree(data);
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads the greeting, after which the reader misses nothing.
  public EventReader greeted() {
    try {
      String line = lines.readLine();
      while (line != null && !line.startsWith("id: ")) {
        line = lines.readLine();
      }
      if (line == null) {
        throw new AssertionError("the stream ended before it had begun");
      }
      lastId = line.substring(4);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The id to resume from; null before the first.
  public @Nullable String lastId() {
    return lastId;
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException _) {
      // The other side was quicker.
    }
    http.shutdownNow();
  }
}
