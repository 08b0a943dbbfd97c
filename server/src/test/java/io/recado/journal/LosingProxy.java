package io.recado.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Stands between a journal and PostgreSQL, and loses what a network may lose.
final class LosingProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final AtomicReference<Loss> loss = new AtomicReference<>(Loss.NOTHING);
  private final AtomicInteger losses = new AtomicInteger();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicBoolean refusing = new AtomicBoolean();
  private final int target;

  LosingProxy(String databaseAddress) {
    target = URI.create(databaseAddress).getPort();
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// The database's address by way of this proxy. Statements are sent as text each time, so that
  /// the proxy sees a COMMIT.
  String address(String databaseAddress) {
    return databaseAddress.replace(":" + target + "/", ":" + listener.getLocalPort() + "/")
        + "?prepareThreshold=0";
  }

  /// What to lose next; once.
  void lose(Loss next) {
    loss.set(next);
  }

  /// Ends every new connection at once, as if nobody listened.
  void refuse(boolean all) {
    refusing.set(all);
  }

  /// How often something was lost.
  int losses() {
    return losses.get();
  }

  /// Cuts all connections.
  void cut() {
    sockets.forEach(LosingProxy::close);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (refusing.get()) {
          client.close();
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(server);
        Thread.ofVirtual().start(() -> pump(client, server, client, Loss.COMMIT));
        Thread.ofVirtual().start(() -> pump(server, client, client, Loss.ANSWER_TO_COMMIT));
      } catch (IOException _) {
        return;
      }
    }
  }

  /// Passes bytes on until something ends. When there is something to lose, the client is cut off
  /// and the server is left with its open session, as by a network that fell silent.
  private void pump(Socket from, Socket to, Socket client, Loss mine) {
    byte[] buffer = new byte[65_536];
    try (InputStream in = from.getInputStream()) {
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
        if (text.contains("COMMIT\0") && loss.compareAndSet(mine, Loss.NOTHING)) {
          losses.incrementAndGet();
          close(client);
          return;
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException _) {
      // One side has gone.
    }
    if (from != client || losses.get() == 0) {
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // Gone already.
    }
  }

  /// What a network may lose.
  enum Loss {
    NOTHING,
    /// The COMMIT never reaches the server.
    COMMIT,
    /// The server has committed, and the client does not learn of it.
    ANSWER_TO_COMMIT
  }
}
