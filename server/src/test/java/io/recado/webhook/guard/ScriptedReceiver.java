package io.recado.webhook.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A customer's receiver at an address of its own, which answers the bytes that it is told to, and
/// counts its connections.
final class ScriptedReceiver implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile Script script = answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

  /// What is done after each request.
  @FunctionalInterface
  interface Script {
    /// Returns whether the connection is kept for the next request.
    boolean run(OutputStream out) throws IOException, InterruptedException;
  }

  /// @param port 0 for a free one
  ScriptedReceiver(String address, int port) throws IOException {
    listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    Thread.ofVirtual().start(this::acceptAll);
  }

  /// One at each address, all on one port: a port that is free at one address may be the local port
  /// of somebody's connection at another, so another is tried then.
  static List<ScriptedReceiver> onOnePort(String... addresses) throws IOException {
    List<ScriptedReceiver> receivers = new ArrayList<>();
    while (true) {
      try {
        for (String address : addresses) {
          int port = receivers.isEmpty() ? 0 : receivers.getFirst().port();
          receivers.add(new ScriptedReceiver(address, port));
        }
        return receivers;
      } catch (BindException e) {
        if (receivers.isEmpty()) {
          throw e;
        }
        for (ScriptedReceiver receiver : receivers) {
          receiver.close();
        }
        receivers.clear();
      }
    }
  }

  static Script answer(String whole) {
    byte[] bytes = whole.getBytes(StandardCharsets.ISO_8859_1);
    return out -> {
      out.write(bytes);
      return true;
    };
  }

  void script(Script next) {
    script = next;
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /// Every request so far, each as its head.
  List<String> requests() {
    return requests;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> converse(socket));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      boolean isKept = true;
      String head = readRequest(socket.getInputStream());
      while (isKept && head != null) {
        requests.add(head);
        isKept = script.run(socket.getOutputStream());
        head = isKept ? readRequest(socket.getInputStream()) : null;
      }
    } catch (IOException | InterruptedException e) {
      // The client, or the end of the test, closed it.
    }
  }

  private static @Nullable String readRequest(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.append((char) next);
    }
    String length = head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
    in.readNBytes(Integer.parseInt(length));
    return head.toString();
  }
}
