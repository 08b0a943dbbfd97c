package io.recado.prove.world;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Connections to a server that take their time, or that nobody uses.
public final class SlowConnections implements AutoCloseable {

  /// How many kinds there are.
  public static final int KINDS = 5;

  private static final Duration STEP = Duration.ofSeconds(1);

  // 2,000 a second: what is looked at is what open connections cost, not what opening them does.
  private static final int BURST = 100;
  private static final Duration BETWEEN_BURSTS = Duration.ofMillis(50);
  private static final String SEND =
      "POST /v1/channels HTTP/1.1\r\nHost: recado\r\nContent-Type: application/json\r\n";

  private final List<Socket> sockets = new ArrayList<>();
  private final AtomicLong closed = new AtomicLong();
  private int idle;

  private SlowConnections() {}

  /// Opens `each` of every kind, and then so many that nobody uses, or as many as this process and
  /// the server may have.
  public static SlowConnections open(String address, int each, int unused) {
    URI uri = URI.create(address);
    var slow = new SlowConnections();
    for (int i = 0; i < each; i++) {
      // A header that never ends, a body that hardly comes, silence, an answer that is not read,
      // and a body whose sender has no more to say.
      slow.add(uri, SEND, "X: y\r\n");
      slow.add(uri, SEND + "Content-Length: 100000\r\n\r\n", " ");
      slow.add(uri, "", "");
      slow.add(uri, "GET /openapi.yaml HTTP/1.1\r\nHost: recado\r\n\r\n".repeat(40), "");
      slow.halve(uri);
    }
    slow.leaveIdle(uri, unused);
    return slow;
  }

  private void halve(URI uri) {
    try {
      var socket = new Socket(uri.getHost(), uri.getPort());
      sockets.add(socket);
      String part = SEND + "Content-Length: 100000\r\n\r\n{";
      socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      Thread.startVirtualThread(() -> awaitEnd(socket, false));
    } catch (IOException _) {
      closed.incrementAndGet();
    }
  }

  private void leaveIdle(URI uri, int count) {
    try {
      while (idle < count) {
        sockets.add(new Socket(uri.getHost(), uri.getPort()));
        idle++;
        if (idle % BURST == 0) {
          Pause.of(BETWEEN_BURSTS);
        }
      }
    } catch (IOException _) {
      // No more than this.
    }
  }

  /// How many there were that nobody used.
  public int idle() {
    return idle;
  }

  private void add(URI uri, String begin, String more) {
    try {
      var socket = new Socket(uri.getHost(), uri.getPort());
      socket.setReceiveBufferSize(4_096);
      sockets.add(socket);
      Thread.startVirtualThread(() -> trickle(socket, begin, more));
      Thread.startVirtualThread(() -> awaitEnd(socket, begin.startsWith("GET")));
    } catch (IOException _) {
      // Not let in at all: that is an end too.
      closed.incrementAndGet();
    }
  }

  private static void trickle(Socket socket, String begin, String more) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(begin.getBytes(StandardCharsets.US_ASCII));
      while (!socket.isClosed() && !more.isEmpty()) {
        Pause.of(STEP);
        out.write(more.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException _) {
      // The server has had enough.
    }
  }

  private void awaitEnd(Socket socket, boolean readsNothing) {
    if (readsNothing) {
      return;
    }
    try {
      while (socket.getInputStream().read() >= 0) {
        // An answer before the end.
      }
      closed.incrementAndGet();
    } catch (IOException _) {
      if (!socket.isClosed()) {
        closed.incrementAndGet();
      }
    }
  }

  /// How many the server has ended, as far as those who read can see.
  public long closed() {
    return closed.get();
  }

  @Override
  public void close() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException _) {
        // It is gone.
      }
    }
  }
}
