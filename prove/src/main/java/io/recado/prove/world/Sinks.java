package io.recado.prove.world;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Thousands of customers' receivers that take a request and never answer it: the caller's patience
/// ends it, or 20 s. Counts them.
public final class Sinks implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration SAMPLE = Duration.ofMillis(50);
  private static final int BACKLOG = 4_096;

  private final ServerSocket listener;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger now = new AtomicInteger();
  private volatile int most;

  public Sinks() {
    try {
      listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
    Thread.ofPlatform().daemon().name("sinks").start(this::count);
  }

  /// Where one of them is, whatever its number.
  public String url(int number) {
    return "http://127.0.0.1:%d/hooks/s%d".formatted(listener.getLocalPort(), number);
  }

  /// How many requests have come.
  public int begun() {
    return begun.get();
  }

  /// The most that were waiting for an answer at once. When hundreds give up together and others
  /// take their places, the new ones may be seen before the end of the old ones; so a number counts
  /// when it was not less the next time.
  public int most() {
    return most;
  }

  private void count() {
    int before = 0;
    while (!listener.isClosed()) {
      int current = now.get();
      most = Math.max(most, Math.min(before, current));
      before = current;
      Pause.of(SAMPLE);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> swallow(connection));
      } catch (IOException _) {
        // Closed, or the other side was gone already.
      }
    }
  }

  private void swallow(Socket connection) {
    try (connection) {
      var in = new BufferedInputStream(connection.getInputStream());
      Receiver.line(in);
      Map<String, String> headers = Receiver.headers(in);
      in.skipNBytes(Long.parseLong(headers.getOrDefault("content-length", "0")));
      begun.incrementAndGet();
      now.incrementAndGet();
      try {
        connection.setSoTimeout((int) LONGEST.toMillis());
        in.read();
      } finally {
        now.decrementAndGet();
      }
    } catch (IOException _) {
      // Its patience is over.
    } finally {
      connections.remove(connection);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
