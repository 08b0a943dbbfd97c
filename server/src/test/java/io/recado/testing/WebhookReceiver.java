package io.recado.testing;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A customer's receiver: takes events over real HTTP, has the reference library judge their
/// signatures, and answers as it is told. For many threads.
public final class WebhookReceiver implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Script script = _ -> 200;

  /// How an event is answered.
  @FunctionalInterface
  public interface Script {
    int status(JsonNode event);
  }

  /// One request as it came.
  public record Request(String id, HttpHeaders headers, String body, JsonNode event, int status) {

    /// Whether the reference library would sign it so, at the time that it bears.
    public boolean isSignedWith(String secret) {
      try {
        long time = Long.parseLong(headers.firstValue("webhook-timestamp").orElseThrow());
        String right = new Webhook(secret).sign(id, time, body);
        return List.of(headers.firstValue("webhook-signature").orElse("").split(" "))
            .contains(right);
      } catch (WebhookSigningException | EmptyWebhookSecretException e) {
        return false;
      }
    }
  }

  /// Listens on a free port of the loopback.
  public WebhookReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /// Answers so from now on.
  public void answer(Script next) {
    script = next;
  }

  /// Everything that came, in order.
  public List<Request> requests() {
    return requests;
  }

  /// The events that were taken, each once, in order.
  public List<JsonNode> taken() {
    Set<String> seen = new HashSet<>();
    return requests.stream()
        .filter(one -> one.status / 100 == 2 && seen.add(one.id))
        .map(Request::event)
        .toList();
  }

  /// The types of the events that were taken of a message, each once, in order.
  public List<String> typesOf(String message) {
    return taken().stream()
        .filter(event -> event.at("/data/message/name").asString("").equals(message))
        .map(event -> event.path("type").asString())
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      HttpHeaders headers = HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true);
      JsonNode event = JSON.readTree(body);
      int status = script.status(event);
      String id = headers.firstValue("webhook-id").orElse("");
      requests.add(new Request(id, headers, body, event, status));
      byte[] answer = ("answer " + status).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
