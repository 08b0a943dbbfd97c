package io.recado;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.json.MalformedJson;
import io.recado.webhook.WebhookSecret;
import io.recado.webhook.WebhookSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The sandbox's receiver of webhooks: verifies signatures as a customer would, and shows what it
/// got to whoever looks at it with a browser. Safe for many threads.
final class ExampleReceiver implements AutoCloseable {

  /// The path of the endpoint's URL, by which the sandbox knows its own endpoint again.
  static final String PATH = "/example-receiver";

  private static final int MOST_SHOWN = 50;
  private static final int MOST_BYTES = 1 << 20;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final InstantSource clock;
  private final Deque<JsonObject> shown = new ArrayDeque<>();
  private volatile @Nullable WebhookSignature signature;

  private ExampleReceiver(HttpServer server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  /// Listens on a free port of the loopback.
  static ExampleReceiver start(InstantSource clock) {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var receiver = new ExampleReceiver(HttpServer.create(address, 0), clock);
      receiver.server.setExecutor(receiver.threads);
      receiver.server.createContext(PATH, receiver::handle);
      receiver.server.start();
      return receiver;
    } catch (IOException e) {
      throw new CannotStart(
          "the sandbox's example receiver of webhooks cannot listen: " + e.getMessage());
    }
  }

  /// Where it is told events, and shows them.
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  /// What requests are signed with from now on.
  void trust(String secret) {
    signature = new WebhookSignature(List.of(WebhookSecret.parse(secret)));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("POST")) {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
        boolean verified = verifies(exchange, body);
        note(exchange, verified, body);
        answer(exchange, verified ? 200 : 401, JsonObject.builder().with("verified", verified));
      } else {
        answer(exchange, 200, JsonObject.builder().with("deliveries", newestFirst()));
      }
    }
  }

  private boolean verifies(HttpExchange exchange, byte[] body) {
    WebhookSignature known = signature;
    return known != null && known.verifies(name -> header(exchange, name), clock.instant(), body);
  }

  private static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  private void note(HttpExchange exchange, boolean verified, byte[] body) {
    JsonObject entry =
        JsonObject.builder()
            .with("time", clock.instant().toString())
            .with("webhookId", header(exchange, WebhookSignature.ID).orElse(null))
            .with("verified", verified)
            .with("event", event(body))
            .build();
    synchronized (shown) {
      shown.addFirst(entry);
      if (shown.size() > MOST_SHOWN) {
        shown.removeLast();
      }
    }
  }

  private static @Nullable JsonObject event(byte[] body) {
    try {
      return Json.readObject(body);
    } catch (MalformedJson _) {
      return null;
    }
  }

  private List<JsonObject> newestFirst() {
    synchronized (shown) {
      return List.copyOf(shown);
    }
  }

  private static void answer(HttpExchange exchange, int status, JsonObject.Builder body)
      throws IOException {
    byte[] bytes = Json.write(body.build());
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
