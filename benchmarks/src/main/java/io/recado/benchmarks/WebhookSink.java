package io.recado.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A receiver of webhooks that does the least that it can: notes how old each event is, and answers
/// 200; not more often than it is told to.
final class WebhookSink implements AutoCloseable {

  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String TIMESTAMP = "\"timestamp\":\"";

  private final ServerSocket socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());
  private final long pauseNanos;
  private Latencies ages = new Latencies();

  /// @param perSecond how many events it takes; 0 for as many as come
  WebhookSink(int perSecond) throws IOException {
    pauseNanos = perSecond == 0 ? 0 : 1_000_000_000L / perSecond;
    Thread.ofVirtual().start(this::acceptAll);
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/hook";
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
  public void close() throws IOException {
    socket.close();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException _) {
      // Closed, which ends it.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      var in = new BufferedInputStream(connection.getInputStream(), 16 << 10);
      OutputStream out = connection.getOutputStream();
      for (int length = head(in); length >= 0; length = head(in)) {
        note(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        pause();
        out.write(OK);
      }
    } catch (IOException _) {
      // The caller went away.
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

  private void pause() {
    if (pauseNanos > 0) {
      long now = System.nanoTime();
      long mine = nextNanos.updateAndGet(next -> Math.max(next, now - pauseNanos) + pauseNanos);
      while (System.nanoTime() < mine) {
        LockSupport.parkNanos(mine - System.nanoTime());
      }
    }
  }

  /// The length of the next request's body; negative when there is none.
  private static int head(BufferedInputStream in) throws IOException {
    int length = -1;
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    return length;
  }

  private static String readLine(BufferedInputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
