package io.recado.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A receiver of webhooks that does the least that it can: notes how old each event is, and answers
/// 200; not more often than it is told to. What a receiver uses of the machine is missing to the
/// server beside it, so one thread serves all connections, and a limited one wakes a hundred times
/// a second and not for each event.
final class WebhookSink implements AutoCloseable {

  private static final String TIMESTAMP = "\"timestamp\":\"";
  private static final int BACKLOG = 500;
  private static final int TICKS = 100;
  private static final long TICK_NANOS = 1_000_000_000 / TICKS;

  private final Selector selector = Selector.open();
  private final ServerSocketChannel socket = ServerSocketChannel.open();
  private final AtomicLong taken = new AtomicLong();
  private final Queue<WebhookConnection> unanswered = new ArrayDeque<>();
  private final int perTick;
  private Latencies ages = new Latencies();
  private volatile boolean closing;

  /// @param perSecond how many events it takes, in hundreds; 0 for as many as come
  WebhookSink(int perSecond) throws IOException {
    perTick = perSecond / TICKS;
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    socket.configureBlocking(false);
    socket.register(selector, SelectionKey.OP_ACCEPT);
    Thread.ofPlatform().name("webhook-sink").daemon().start(this::serve);
  }

  String url() {
    return "http://127.0.0.1:" + socket.socket().getLocalPort() + "/hook";
  }

  /// How many events came so far.
  long taken() {
    return taken.get();
  }

  /// How old the events were that came since it was asked last.
  synchronized Latencies takeAges() {
    Latencies known = ages;
    ages = new Latencies();
    return known;
  }

  @Override
  public void close() {
    closing = true;
    selector.wakeup();
  }

  private void serve() {
    try (selector) {
      long next = System.nanoTime();
      while (!closing) {
        if (perTick == 0) {
          selector.select(this::ready);
        } else {
          next = Math.max(next, System.nanoTime() - TICK_NANOS) + TICK_NANOS;
          LockSupport.parkNanos(next - System.nanoTime());
          selector.selectNow(this::ready);
          answerSome();
        }
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        receive(key);
      }
    } catch (IOException _) {
      // The caller went away.
      key.cancel();
    }
  }

  private void accept() throws IOException {
    for (SocketChannel channel = socket.accept(); channel != null; channel = socket.accept()) {
      var connection = new WebhookConnection(channel);
      channel.register(selector, SelectionKey.OP_READ, connection);
    }
  }

  private void receive(SelectionKey key) throws IOException {
    var connection = (WebhookConnection) key.attachment();
    if (!connection.receive()) {
      return;
    }
    note(connection.body());
    if (perTick == 0) {
      connection.answer();
    } else {
      unanswered.add(connection);
    }
  }

  private void note(String event) {
    long now = System.currentTimeMillis();
    int at = event.indexOf(TIMESTAMP) + TIMESTAMP.length();
    Instant time = Instant.parse(event.substring(at, event.indexOf('"', at)));
    taken.incrementAndGet();
    synchronized (this) {
      ages.add((now - time.toEpochMilli()) * 1_000_000);
    }
  }

  private void answerSome() {
    for (int i = 0; i < perTick && !unanswered.isEmpty(); i++) {
      try {
        unanswered.remove().answer();
      } catch (IOException _) {
        // The caller went away.
      }
    }
  }
}
