package io.recado.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A provider that accepts every message at once and notes when the first byte of its call came.
/// Tells nothing afterwards.
final class TimedProvider implements AutoCloseable {

  private static final Pattern NUMBER = Pattern.compile("\"([0-9a-f]{16}): ");

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Map<Long, Long> called = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();

  TimedProvider() throws IOException {
    Thread.ofVirtual().start(this::acceptAll);
  }

  String address() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /// When the call with a numbered text began, by [System#nanoTime]; null when it did not come.
  @Nullable Long called(long number) {
    return called.get(number);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket connection = socket.accept();
        Thread.ofPlatform().daemon().start(() -> serve(connection));
      }
    } catch (IOException _) {
      // Closed, which ends it.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      var in = new BufferedInputStream(connection.getInputStream(), 64 << 10);
      OutputStream out = connection.getOutputStream();
      while (true) {
        in.mark(1);
        if (in.read() < 0) {
          return;
        }
        long began = System.nanoTime();
        in.reset();
        Matcher number = NUMBER.matcher(new String(HttpBytes.readBody(in), StandardCharsets.UTF_8));
        if (number.find()) {
          called.put(Long.parseUnsignedLong(number.group(1), 16), began);
        }
        out.write(answer());
      }
    } catch (IOException _) {
      // The caller went away.
    }
  }

  private byte[] answer() {
    String body =
        "{\"messaging_product\":\"whatsapp\",\"messages\":[{\"id\":\"wamid.latency"
            + ids.incrementAndGet()
            + "\"}]}";
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }
}
