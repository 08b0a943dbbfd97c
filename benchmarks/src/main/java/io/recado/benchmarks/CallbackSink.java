package io.recado.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/// A business that is called back and does the least that it can: counts the statuses and answers
/// 200.
final class CallbackSink implements AutoCloseable {

  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  // Stands once in every status.
  private static final byte[] STATUS = "\"recipient_id\":".getBytes(StandardCharsets.US_ASCII);
  private static final String CHALLENGE = "hub.challenge=";

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicLong callbacks = new AtomicLong();
  private final AtomicLong statuses = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  CallbackSink() throws IOException {
    Thread.ofVirtual().start(this::acceptAll);
  }

  String address() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/callback";
  }

  /// What came so far.
  Counts counts() {
    return new Counts(callbacks.get(), statuses.get(), bytes.get());
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
      var in = new BufferedInputStream(connection.getInputStream(), 64 << 10);
      OutputStream out = connection.getOutputStream();
      for (String line = HttpBytes.readLine(in); !line.isEmpty(); line = HttpBytes.readLine(in)) {
        byte[] body = in.readNBytes(HttpBytes.skipHeaders(in));
        if (line.startsWith("GET ")) {
          answerChallenge(line, out);
        } else {
          callbacks.incrementAndGet();
          bytes.addAndGet(body.length);
          statuses.addAndGet(count(body));
          out.write(OK);
        }
      }
    } catch (IOException _) {
      // The caller went away.
    }
  }

  private static void answerChallenge(String line, OutputStream out) throws IOException {
    String challenge =
        line.substring(line.indexOf(CHALLENGE) + CHALLENGE.length()).split("[& ]")[0];
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + challenge.length() + "\r\n\r\n";
    out.write((answer + challenge).getBytes(StandardCharsets.US_ASCII));
  }

  private static long count(byte[] body) {
    long found = 0;
    int matched = 0;
    for (byte b : body) {
      matched = b == STATUS[matched] ? matched + 1 : b == STATUS[0] ? 1 : 0;
      if (matched == STATUS.length) {
        found++;
        matched = 0;
      }
    }
    return found;
  }

  /// How many callbacks came, with how many statuses and bytes in all.
  record Counts(long callbacks, long statuses, long bytes) {

    Counts since(Counts before) {
      return new Counts(
          callbacks - before.callbacks, statuses - before.statuses, bytes - before.bytes);
    }
  }
}
