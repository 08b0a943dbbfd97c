package io.recado.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A visitor of a page, with the widget of a [TestChat] in it: what the widget does, without a
/// browser. Every answer is held against openapi.yaml, but for the stream's.
public final class TestVisitor implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TestChat chat;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Stream> streams = new CopyOnWriteArrayList<>();

  /// What the session was answered with last.
  public JsonNode session;

  TestVisitor(TestChat chat) {
    this.chat = chat;
  }

  /// Starts a session, or resumes the one that there is.
  public TestVisitor begin() {
    return begin(session == null ? "{}" : "{'token': '%s'}".formatted(token()));
  }

  /// As [#begin], with a body.
  public TestVisitor begin(String body) {
    session = chat.call("POST", "/session", body, "").ok();
    return this;
  }

  public String token() {
    return session.path("token").asString();
  }

  public Reply get(String below) {
    return chat.call("GET", below, "", token());
  }

  public Reply post(String below, String body) {
    return chat.call("POST", below, body, token());
  }

  /// Writes a text under a name.
  public JsonNode writes(String name, String text) {
    return post("/messages", "{'clientMessageId': '%s', 'text': '%s'}".formatted(name, text)).ok();
  }

  /// The texts of the whole conversation as the visitor has it, oldest first.
  public List<String> history() {
    List<String> texts = new ArrayList<>();
    get("/messages?pageSize=100").ok().path("messages").forEach(m -> texts.addFirst(text(m)));
    return texts;
  }

  /// Opens a stream.
  ///
  /// @param after the place from which on
  public Stream listens(long after) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(chat.url() + "/stream?after=" + after))
            .header("Authorization", "Bearer " + token())
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofInputStream());
      var stream = new Stream(response);
      streams.add(stream);
      return stream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String text(JsonNode message) {
    return message.path("text").asString();
  }

  @Override
  public void close() {
    streams.forEach(Stream::close);
    http.shutdownNow();
  }

  /// One event of a stream.
  public record Event(String id, String type, JsonNode data) {}

  /// An open stream, read in the background.
  public static final class Stream implements AutoCloseable {

    private final HttpResponse<java.io.InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    private Stream(HttpResponse<java.io.InputStream> response) {
      this.response = response;
      Thread.ofVirtual().start(this::read);
    }

    public int status() {
      return response.statusCode();
    }

    /// Whether the server has ended it.
    public boolean isEnded() {
      return ended;
    }

    /// What has come so far.
    public List<Event> events(String type) {
      return events.stream().filter(event -> event.type.equals(type)).toList();
    }

    /// The texts that have come so far, in their order.
    public List<String> texts() {
      return events("message").stream().map(event -> text(event.data)).toList();
    }

    /// Waits for so many events of a type.
    public List<Event> await(String type, int count) {
      return Await.until(
          count + " events " + type, () -> events(type), found -> found.size() >= count);
    }

    /// Waits until all up to a place was brought.
    public long awaitSync(long least) {
      return Await.until(
              "the stream at " + least,
              () -> events("sync").stream().mapToLong(e -> e.data.path("after").asLong()).max(),
              max -> max.orElse(-1) >= least)
          .getAsLong();
    }

    private void read() {
      Map<String, String> fields = new java.util.HashMap<>();
      try (var lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.isEmpty()) {
            take(fields);
          } else {
            String[] parts = line.split(": ", 2);
            fields.put(parts[0], parts.length == 2 ? parts[1] : "");
          }
        }
      } catch (IOException _) {
        // The way in which a stream is closed by either side.
      }
      ended = true;
    }

    private void take(Map<String, String> fields) {
      if (fields.containsKey("data")) {
        events.add(
            new Event(
                fields.getOrDefault("id", ""),
                fields.getOrDefault("event", "message"),
                JSON.readTree(fields.get("data"))));
      }
      fields.clear();
    }

    @Override
    public void close() {
      try {
        response.body().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
