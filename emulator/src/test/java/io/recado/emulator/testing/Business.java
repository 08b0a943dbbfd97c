package io.recado.emulator.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// A business that is called back: keeps what it gets and answers as it is told.
public final class Business implements AutoCloseable {
  private final HttpServer server;
  private final BlockingQueue<Callback> callbacks = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Integer> nextAnswers = new ConcurrentLinkedQueue<>();
  private final List<Callback> all = new ArrayList<>();
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile String verifyToken = "verify-me";
  private volatile String lastHandshake = "";

  public record Callback(byte[] body, String signature) {
    public JsonNode json() {
      return Http.json(body);
    }
  }

  public Business() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/callback";
  }

  public void expectToken(String token) {
    verifyToken = token;
  }

  public String lastHandshake() {
    return lastHandshake;
  }

  /// The next callbacks are answered with these statuses, later ones with 200.
  public void answerNext(Integer... statuses) {
    nextAnswers.addAll(List.of(statuses));
  }

  /// Callbacks from now on are taken, but not answered before [#release].
  public void hold() {
    held = new CountDownLatch(1);
  }

  /// Answers those that were held, and later ones at once.
  public void release() {
    held.countDown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("GET")) {
        handshake(exchange);
        return;
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      Integer answer = nextAnswers.poll();
      CountDownLatch hold = held;
      callbacks.add(
          new Callback(body, exchange.getRequestHeaders().getFirst("X-Hub-Signature-256")));
      hold.await();
      exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handshake(HttpExchange exchange) throws IOException {
    lastHandshake = exchange.getRequestURI().getQuery();
    boolean right = lastHandshake.contains("hub.verify_token=" + verifyToken);
    byte[] challenge =
        lastHandshake
            .replaceAll(".*hub\\.challenge=([0-9]+).*", "$1")
            .getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(right ? 200 : 403, right ? challenge.length : -1);
    if (right) {
      exchange.getResponseBody().write(challenge);
    }
  }

  /// The next callback; fails after some seconds.
  public Callback next() {
    try {
      Callback callback = callbacks.poll(8, TimeUnit.SECONDS);
      if (callback == null) {
        throw new AssertionError("no callback came");
      }
      all.add(callback);
      return callback;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// True when nothing waits to be taken.
  public boolean isQuiet() {
    return callbacks.isEmpty();
  }

  /// The next `count` statuses, over as many callbacks as it takes.
  public List<JsonNode> statuses(int count) {
    return items("statuses", count);
  }

  /// The next `count` items of this array of all values.
  public List<JsonNode> items(String array, int count) {
    List<JsonNode> found = new ArrayList<>();
    while (found.size() < count) {
      for (JsonNode value : values(next())) {
        value.path(array).forEach(found::add);
      }
    }
    return found;
  }

  /// All values of all entries and changes of a callback.
  public static List<JsonNode> values(Callback callback) {
    List<JsonNode> values = new ArrayList<>();
    for (JsonNode entry : callback.json().path("entry")) {
      entry.path("changes").forEach(change -> values.add(change.path("value")));
    }
    return values;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
