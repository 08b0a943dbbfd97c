package io.recado.connector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider on a local port that closes each connection after so many bytes of the request, or of
/// its answer, and counts the connections: a client that repeats a request needs another one.
public final class BreakingProvider implements AutoCloseable {

  private final ServerSocket listener;
  private final Thread acceptor;
  private volatile int requestBytes = Integer.MAX_VALUE;
  private volatile byte[] answer = new byte[0];
  private final AtomicInteger connections = new AtomicInteger();
  private final Semaphore closed = new Semaphore(0);
  private volatile int lastRequestLength;

  public BreakingProvider() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    acceptor = Thread.ofVirtual().start(this::acceptAll);
  }

  public String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /// From now on closes after `bytes` of the request were read.
  public void breakRequestAfter(int bytes) {
    requestBytes = bytes;
  }

  /// From now on reads the whole request, writes the first `bytes` of this answer, and closes.
  public void answer(String whole, int bytes) {
    requestBytes = Integer.MAX_VALUE;
    answer = Arrays.copyOf(whole.getBytes(StandardCharsets.UTF_8), bytes);
  }

  /// How many connections were made so far.
  public int connections() {
    return connections.get();
  }

  /// Returns when one more connection was closed by this side.
  public void awaitClosed() {
    try {
      if (!closed.tryAcquire(10, TimeUnit.SECONDS)) {
        throw new AssertionError("no connection was closed");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// The length of the last request that was read whole.
  public int lastRequestLength() {
    return lastRequestLength;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        connections.incrementAndGet();
        converse(socket);
      } catch (SocketException e) {
        // Closed by the client, or by the end of the test.
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
      closed.release();
    }
  }

  private void converse(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    if (requestBytes < Integer.MAX_VALUE) {
      in.readNBytes(requestBytes);
      return;
    }
    lastRequestLength = readRequest(in);
    socket.getOutputStream().write(answer);
  }

  private static int readRequest(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return head.length();
      }
      head.append((char) next);
    }
    String length = head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
    int body = length.matches("\\d+") ? Integer.parseInt(length) : 0;
    return head.length() + in.readNBytes(body).length;
  }
}
