package io.recado.connector;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A provider on a local port that answers from a script and remembers what it was asked. A request
/// beyond the script is answered 599, which fails the test that did not expect it.
public final class ScriptedProvider implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Reply> script = new ArrayDeque<>();
  private final List<Asked> asked = new ArrayList<>();

  public ScriptedProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/", this::handle);
    server.start();
  }

  /// Scheme, host and port.
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Adds an answer to the script.
  public synchronized ScriptedProvider answers(int status, String body) {
    return answers(status, body, Map.of());
  }

  public synchronized ScriptedProvider answers(
      int status, String body, Map<String, String> headers) {
    script.add(new Reply(status, body, headers));
    return this;
  }

  /// Every request so far.
  public synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  /// The only request so far.
  public synchronized Asked onlyAsked() {
    if (asked.size() != 1) {
      throw new AssertionError("asked " + asked.size() + " times");
    }
    return asked.getFirst();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Reply reply = next(exchange, body);
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private synchronized Reply next(HttpExchange exchange, String body) {
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            body,
            exchange.getRemoteAddress().getPort()));
    return script.isEmpty() ? new Reply(599, "not in the script", Map.of()) : script.poll();
  }

  /// A request that came.
  ///
  /// @param port the client's, which tells its connections apart
  public record Asked(String method, String path, Headers headers, String body, int port) {

    public String header(String name) {
      return String.valueOf(headers.getFirst(name));
    }
  }

  private record Reply(int status, String body, Map<String, String> headers) {}
}
