package io.recado;

import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.json.MalformedJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Follows a server's stream of events on behalf of a command. When the connection breaks it comes
/// again with the last event that was received, so that each is received once and in order. For one
/// thread.
final class EventFollower {

  /// The server beats every 15 s: after three silent beats it is gone.
  private static final int MOST_SILENCE_MILLIS = 45_000;

  private static final int CONNECT_MILLIS = 5_000;
  private static final int MOST_DOUBLINGS = 3;

  private final ApiClient api;
  private final PrintStream err;
  private final Pause pause;
  private final String path;
  private @Nullable String lastId;
  private long retryMillis = 3_000;

  /// @param filter which events, as the API takes it; empty for all
  /// @param after the event before the first; null to begin with what comes
  /// @param err told when the connection breaks and when it is there again
  EventFollower(
      ApiClient api, String filter, @Nullable String after, PrintStream err, Pause pause) {
    this.api = api;
    this.err = err;
    this.pause = pause;
    this.lastId = after;
    this.path =
        "/v1/events:stream"
            + (filter.isEmpty()
                ? ""
                : "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
  }

  /// Gives every event to a receiver; for ever.
  ///
  /// @throws CommandFailed when the server is not there at first, or refuses
  void follow(Receiver receiver) throws InterruptedException {
    boolean wasThere = false;
    int failures = 0;
    while (true) {
      try {
        HttpURLConnection connection = open();
        try (InputStream body = connection.getInputStream()) {
          if (failures > 0) {
            err.println("The server answers again.");
          }
          wasThere = true;
          failures = 0;
          read(body, receiver);
        } finally {
          connection.disconnect();
        }
      } catch (IOException e) {
        if (!wasThere) {
          throw api.unreachable();
        }
        if (failures++ == 0) {
          err.println("The stream broke off; coming again until the server answers.");
        }
      }
      pause.pause(Duration.ofMillis(retryMillis << Math.min(failures, MOST_DOUBLINGS)));
    }
  }

  /// @throws IOException when it is to be tried again
  private HttpURLConnection open() throws IOException {
    var connection = (HttpURLConnection) URI.create(api.url() + path).toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(MOST_SILENCE_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Authorization", api.authorization());
    connection.setRequestProperty("Accept", "text/event-stream");
    if (lastId != null) {
      connection.setRequestProperty("Last-Event-ID", lastId);
    }
    int status = connection.getResponseCode();
    if (status == 429 || status >= 500) {
      throw new IOException("answered " + status);
    }
    if (status != 200) {
      throw api.refused(status, answer(connection));
    }
    return connection;
  }

  private static JsonObject answer(HttpURLConnection connection) throws IOException {
    try (InputStream body = connection.getErrorStream()) {
      return body == null ? JsonObject.empty() : Json.readObject(body.readAllBytes());
    } catch (MalformedJson _) {
      return JsonObject.empty();
    }
  }

  /// Source of the form: WHATWG HTML, 9.2.6 Interpreting an event stream; our server writes one
  /// line of data.
  private void read(InputStream body, Receiver receiver) throws IOException, InterruptedException {
    var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    String id = null;
    String type = "";
    String data = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        dispatch(id, type, data, receiver);
        type = "";
        data = null;
      } else if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("event: ")) {
        type = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        data = line.substring("data: ".length());
      } else if (line.startsWith("retry: ")) {
        retryMillis = Long.parseLong(line.substring("retry: ".length()));
      }
    }
  }

  private void dispatch(@Nullable String id, String type, @Nullable String data, Receiver receiver)
      throws InterruptedException {
    if (data != null && type.equals("reset")) {
      err.println("Some events are not kept any more; going on with the oldest that is.");
    } else if (data != null && id != null) {
      receiver.receive(new Told(id, type, data));
    }
    // Only now: what was not received to the end comes again.
    lastId = id == null ? lastId : id;
  }

  /// One event.
  ///
  /// @param json the event as the API gives it
  record Told(String id, String type, String json) {}

  /// Takes events in order.
  @FunctionalInterface
  interface Receiver {
    void receive(Told event) throws InterruptedException;
  }

  /// Waits.
  @FunctionalInterface
  interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }
}
