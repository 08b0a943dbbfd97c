package io.recado.prove.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A caller's connection and the one to the server behind it, with a virtual thread for each
/// direction.
final class ProxiedConnection {

  private static final int BUFFER = 16_384;

  private final FaultProxy proxy;
  private final Socket caller;
  private final Socket server;
  private volatile boolean awaiting;
  private volatile Fault fault = new Fault.None();

  ProxiedConnection(FaultProxy proxy, Socket caller, Socket server) throws IOException {
    this.proxy = proxy;
    this.caller = caller;
    this.server = server;
    caller.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
  }

  void start() {
    Thread.startVirtualThread(() -> run(this::carryRequests));
    Thread.startVirtualThread(() -> run(this::carryAnswers));
  }

  /// Whether a request has come whose answer has not.
  boolean isAwaiting() {
    return awaiting;
  }

  void close() {
    proxy.forget(this);
    awaiting = false;
    closeQuietly(caller);
    closeQuietly(server);
  }

  /// One direction, until it ends.
  private interface Direction {
    void carry() throws IOException;
  }

  private void run(Direction direction) {
    try {
      direction.carry();
    } catch (IOException _) {
      // One side is gone; the other one goes too.
    }
    close();
  }

  private void carryRequests() throws IOException {
    InputStream in = caller.getInputStream();
    OutputStream out = server.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (!awaiting) {
        fault = proxy.choose(buffer, n);
        awaiting = true;
        if (fault instanceof Fault.Latency(Duration by)) {
          LockSupport.parkNanos(by.toNanos());
        }
      }
      switch (fault) {
        case Fault.Reset _ -> {
          reset();
          return;
        }
        case Fault.BlackHole _ -> {}
        default -> out.write(buffer, 0, n);
      }
    }
  }

  private void carryAnswers() throws IOException {
    InputStream in = server.getInputStream();
    OutputStream out = caller.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      switch (fault) {
        case Fault.SwallowAnswer _ -> {
          reset();
          return;
        }
        case Fault.CutAfter(int bytes) -> {
          out.write(buffer, 0, Math.min(n, bytes));
          return;
        }
        case Fault.Drip(int bytesPerSecond) -> drip(out, buffer, n, bytesPerSecond);
        case Fault.HalfOpen _ -> {
          continue;
        }
        default -> out.write(buffer, 0, n);
      }
      awaiting = false;
    }
  }

  private static void drip(OutputStream out, byte[] buffer, int length, int bytesPerSecond)
      throws IOException {
    long pause = Duration.ofSeconds(1).toNanos() / bytesPerSecond;
    for (int i = 0; i < length; i++) {
      LockSupport.parkNanos(pause);
      out.write(buffer, i, 1);
    }
  }

  /// Ends the caller's connection as a crashed machine's would end: with RST.
  private void reset() throws IOException {
    caller.setSoLinger(true, 0);
    caller.close();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone.
    }
  }
}
