package io.recado.prove.world;

import io.recado.prove.ledger.Answer;
import io.recado.prove.ledger.ClientCall;
import io.recado.prove.ledger.Ledger;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Clients without manners: each sends its next message the moment it was answered, and the same
/// one again the moment it was refused, on a connection and in a conversation of its own.
public final class Crowd implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");
  private static final Pattern RETRY_AFTER = Pattern.compile("(?im)^retry-after:");
  private static final Pattern CLOSE = Pattern.compile("(?im)^connection: *close");
  private static final String HEAD_END = "\r\n\r\n";
  private static final Duration UNREACHABLE = Duration.ofMillis(50);
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private final URI address;
  private final String key;
  private final String canary;
  private final Ledger<ClientCall> ledger;
  private final int first;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong others = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// Begins at once.
  ///
  /// @param lines one for each client
  /// @param first the number of each client's first message
  Crowd(World world, List<Line> lines, int first) {
    this.address = URI.create(world.address());
    this.key = world.api().key();
    this.canary = world.canary().word();
    this.ledger = world.calls();
    this.first = first;
    lines.forEach(line -> threads.execute(() -> send(line)));
  }

  /// How many messages were accepted so far.
  public long accepted() {
    return accepted.get();
  }

  /// How many requests were refused for now, with the time after which to ask again.
  public long refused() {
    return refused.get();
  }

  /// How many had any other end.
  public long others() {
    return others.get();
  }

  private void send(Line line) {
    try (var connection = new Connection()) {
      for (int i = first; !over.get(); i++) {
        String text = "%s-%07d-%s".formatted(line.label(), i, canary);
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean isKnown;
        do {
          isKnown = ask(connection, line, i, text);
        } while (!isKnown && System.nanoTime() < end);
      }
    }
  }

  /// Whether it is known now what came of the message.
  private boolean ask(Connection connection, Line line, int number, String text) {
    Instant start = Instant.now();
    Answer answer;
    try {
      String reply = connection.exchange(request(line, text));
      int status = Integer.parseInt(reply.substring(STATUS_AT, STATUS_AT + 3));
      Matcher name = NAME.matcher(reply);
      if ((status == 503 || status == 429) && RETRY_AFTER.matcher(reply).find()) {
        refused.incrementAndGet();
        return false;
      }
      if (status == 200 && name.find()) {
        accepted.incrementAndGet();
        answer = new Answer.Accepted(name.group(1));
      } else {
        others.incrementAndGet();
        answer = new Answer.Refused(status, "", status < 500);
      }
    } catch (IOException e) {
      others.incrementAndGet();
      answer = new Answer.Unknown(e.getClass().getSimpleName());
      Pause.of(UNREACHABLE);
    }
    ledger.add(
        new ClientCall(
            line.label(), number, line.phone(), text, text, start, Instant.now(), answer));
    return !(answer instanceof Answer.Unknown);
  }

  private byte[] request(Line line, String text) {
    String body = "{\"text\": \"" + text + "\"}";
    return """
    POST /v1/%s/messages HTTP/1.1\r
    Host: %s\r
    Authorization: Bearer %s\r
    Idempotency-Key: %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(line.name(), address.getAuthority(), key, text, body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// Lets nothing new begin; returns when what has begun is known.
  @Override
  public void close() {
    over.set(true);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Opened when it is needed, and again when it was lost.
  private final class Connection implements AutoCloseable {

    private Socket socket;
    private InputStream in;

    /// The whole answer as it came.
    String exchange(byte[] request) throws IOException {
      try {
        if (socket == null) {
          socket = new Socket(address.getHost(), address.getPort());
          socket.setTcpNoDelay(true);
          in = new BufferedInputStream(socket.getInputStream());
        }
        socket.getOutputStream().write(request);
        String head = head();
        Matcher length = LENGTH.matcher(head);
        int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
        String answer = head + new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
        if (CLOSE.matcher(head).find()) {
          close();
        }
        return answer;
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    private String head() throws IOException {
      var head = new StringBuilder();
      while (head.indexOf(HEAD_END, head.length() - HEAD_END.length()) < 0) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException("closed by the server");
        }
        head.append((char) next);
      }
      return head.toString();
    }

    @Override
    public void close() {
      try (Socket _ = socket) {
        socket = null;
      } catch (IOException _) {
        // It is gone.
      }
    }
  }
}
