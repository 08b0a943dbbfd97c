package io.recado.prove.world;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.recado.prove.ledger.Delivery;
import io.recado.prove.ledger.Ledger;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// A customer's server that takes webhooks: it judges each by the reference library of Standard
/// Webhooks, notes it, and answers 204. It can be stopped and started again at the same address.
///
/// An endpoint is the last part of a path. Every connection has a virtual thread.
public final class Receiver implements AutoCloseable {

  private static final int BACKLOG = 1_024;
  private static final String TAKEN = "HTTP/1.1 204 No Content\r\n\r\n";

  private final Ledger<Delivery> ledger;
  private final Map<String, Webhook> judges = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Integer>> attempts = new ConcurrentHashMap<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final int port;
  private ServerSocket listener;

  /// Starts one at a free port.
  public Receiver(Ledger<Delivery> ledger) {
    this.ledger = ledger;
    this.port = FreePort.take();
    this.listener = listen(port);
  }

  /// Where an endpoint's events are to be sent.
  public String url(String endpoint) {
    return "http://127.0.0.1:%d/hooks/%s".formatted(port, endpoint);
  }

  /// Has an endpoint's requests judged by its secret.
  public void judge(String endpoint, String secret) {
    try {
      judges.put(endpoint, new Webhook(secret));
    } catch (EmptyWebhookSecretException _) {
      throw new CannotRun("The server made an endpoint without a secret.");
    }
  }

  /// Ends every connection and refuses new ones, as a server does that is gone.
  public synchronized void stop() {
    try {
      listener.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Comes back to the same address.
  public synchronized void start() {
    listener = listen(port);
  }

  @Override
  public void close() {
    stop();
  }

  private ServerSocket listen(int wanted) {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), BACKLOG);
      Thread.ofVirtual().start(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        if (socket.isClosed()) {
          // A virtual thread that waits here learns of the close a moment later, and may have been
          // given a connection meanwhile.
          connection.close();
        }
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException _) {
        // Stopped, or the other side was gone already.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      var in = new BufferedInputStream(connection.getInputStream());
      while (true) {
        String path = line(in).split(" ")[1];
        Map<String, String> headers = headers(in);
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        note(path.substring(path.lastIndexOf('/') + 1), headers, body);
        connection.getOutputStream().write(TAKEN.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException _) {
      // The other side has closed it, or it was stopped.
    } finally {
      connections.remove(connection);
    }
  }

  /// Before the answer: what is not noted was not answered either.
  private void note(String endpoint, Map<String, String> headers, byte[] body) {
    String id = headers.getOrDefault("webhook-id", "");
    int attempt =
        attempts
            .computeIfAbsent(endpoint, _ -> new ConcurrentHashMap<>())
            .merge(id, 1, Integer::sum);
    ledger.add(
        new Delivery(
            endpoint,
            id,
            attempt,
            isGenuine(endpoint, headers, body),
            EventJson.parse(body),
            Instant.now(),
            204));
  }

  private boolean isGenuine(String endpoint, Map<String, String> headers, byte[] body) {
    Webhook judge = judges.get(endpoint);
    if (judge == null) {
      return false;
    }
    Map<String, List<String>> all =
        headers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue())));
    try {
      judge.verify(new String(body, StandardCharsets.UTF_8), HttpHeaders.of(all, (_, _) -> true));
      return true;
    } catch (WebhookVerificationException _) {
      return false;
    }
  }

  static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }
}
