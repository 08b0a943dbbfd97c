package io.recado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.recado.Setting.Command;
import io.recado.journal.Dialect;
import io.recado.testing.Await;
import io.recado.testing.RunningRecado;
import io.recado.testing.TestChannel;
import io.recado.webhook.WebhookSecret;
import io.recado.webhook.WebhookSignature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tail` and `listen` against a whole server, which goes away and comes again.
class FollowCommandsTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);
  private final TestChannel channel = recado.newChannel();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private @Nullable Thread command;

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    if (command != null) {
      command.interrupt();
    }
    recado.close();
  }

  private EventFollower follower(ChosenEvents chosen) {
    try {
      Path key = Files.writeString(folder.resolve("key"), RunningRecado.ADMIN_KEY);
      Map<String, String> flags = Map.of("--url", recado.address(), "--key-file", key.toString());
      var api = new ApiClient(Config.of(flags, Command.CLIENT));
      return new EventFollower(api, chosen.filter(), chosen.after(), print(err), this::briefly);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void briefly(Duration asked) throws InterruptedException {
    assertThat(asked).isPositive();
    GracefulStop.await(Duration.ofMillis(20));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void start(InterruptibleRun run) {
    command =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    run.run();
                  } catch (InterruptedException _) {
                    // The test is over.
                  }
                });
    Await.until(
        "the stream",
        () -> recado.get("/metrics").text(),
        metrics -> metrics.contains("\nrecado_sse_streams 1"));
  }

  private static ChosenEvents chosen(String... types) {
    return ChosenEvents.of(List.of(types), List.of(), null);
  }

  @Test
  void tailPrintsWhatHappensOverARestartOfTheServer() {
    String conversation = channel.openConversation("+573000000901");
    var tail =
        new TailCommand(
            follower(chosen("message.created", "message.read")), print(out), false, ZoneOffset.UTC);
    start(tail::run);
    channel.awaitStatus(channel.send(conversation, "one"), "READ");
    Await.until("two lines", this::lines, lines -> lines.size() == 2);
    recado.restart();
    channel.awaitStatus(channel.send(conversation, "a\\u001b[2Jb"), "READ");

    List<String> lines = Await.until("four lines", this::lines, all -> all.size() == 4);
    assertThat(lines.get(0))
        .matches(
            "\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  message\\.created        → SENDING \"one\""
                + " channels/.*");
    assertThat(lines.get(1)).contains("message.read ", "→ READ \"one\"");
    assertThat(lines.get(2)).contains("→ SENDING \"a·[2Jb\"");
    assertThat(lines.get(3)).contains("→ READ \"a·[2Jb\"");
  }

  @Test
  void tailPrintsTheApisJsonWhenAskedTo() {
    String conversation = channel.openConversation("+573000000902");
    start(new TailCommand(follower(chosen()), print(out), true, ZoneOffset.UTC)::run);
    channel.awaitStatus(channel.send(conversation, "one"), "READ");

    Await.until("four events", this::lines, lines -> lines.size() == 4);
    List<String> events =
        recado.all("/v1/events?pageSize=1000", "events").stream()
            .map(event -> event.toString())
            .toList();
    assertThat(lines()).isEqualTo(events.subList(events.size() - 4, events.size()));
  }

  @Test
  void listenForwardsEachEventInOrderAndSignedThoughTheReceiverAndTheServerGoAway()
      throws IOException {
    var received = new CopyOnWriteArrayList<String>();
    var refusals = new AtomicInteger(3);
    HttpServer receiver = receiver(0, received, refusals);
    int port = receiver.getAddress().getPort();
    String conversation = channel.openConversation("+573000000903");
    var listen =
        new ListenCommand(
            follower(chosen("message.created")),
            ListenCommand.Receiver.of("http://127.0.0.1:" + port + "/hook", SECRET),
            print(out),
            InstantSource.system(),
            this::briefly);
    start(listen::run);

    send(conversation, 0, 3);
    Await.until("the first three", () -> received, all -> all.size() == 3);
    receiver.stop(0);
    send(conversation, 3, 6);
    Await.until(
        "the outage to be told", this::lines, all -> all.getLast().contains("did not answer"));
    recado.restart();
    send(conversation, 6, 9);
    receiver = receiver(port, received, refusals);
    Await.until(
        "all to be taken",
        () -> lines().stream().filter(line -> line.contains(" 200 in ")).count(),
        count -> count >= 9);
    receiver.stop(0);

    assertThat(received).containsExactlyElementsOf(texts(0, 9));
    assertThat(lines()).contains("They are signed with " + SECRET);
    assertThat(lines()).filteredOn(line -> line.contains("answered 503")).hasSize(1);
  }

  private void send(String conversation, int from, int to) {
    texts(from, to).forEach(text -> channel.send(conversation, text));
  }

  private static List<String> texts(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "text " + i).toList();
  }

  /// Takes events whose signature is right, after some refusals.
  private static HttpServer receiver(int port, List<String> received, AtomicInteger refusals)
      throws IOException {
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext(
        "/hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          boolean isRefused = refusals.getAndDecrement() > 0;
          if (!isRefused && isSigned(exchange, body)) {
            String json = new String(body, StandardCharsets.UTF_8);
            received.add(json.replaceFirst(".*\"text\":\"([^\"]*)\".*", "$1"));
          }
          exchange.sendResponseHeaders(isRefused ? 503 : 200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static boolean isSigned(HttpExchange exchange, byte[] body) {
    return new WebhookSignature(List.of(WebhookSecret.parse(SECRET)))
        .verifies(
            name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)),
            InstantSource.system().instant(),
            body);
  }

  @Test
  void aRefusalOfTheServerEndsTheCommandWithItsWords() {
    String key = "a-key-that-nobody-has-ever-made";
    try {
      Path file = Files.writeString(folder.resolve("wrong"), key);
      Map<String, String> flags = Map.of("--url", recado.address(), "--key-file", file.toString());
      var follower =
          new EventFollower(
              new ApiClient(Config.of(flags, Command.CLIENT)), "", null, print(err), _ -> {});
      assertThatThrownBy(() -> follower.follow(_ -> {}))
          .isInstanceOf(CommandFailed.class)
          .hasMessageContaining("There is no such API key")
          .hasMessageContaining("RECADO_KEY");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aServerThatIsNotThereIsToldOf() {
    String address = recado.address();
    EventFollower follower = follower(chosen());
    recado.stop();
    assertThatThrownBy(() -> follower.follow(_ -> {}))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("No server answers at " + address);
    recado.start();
  }

  private interface InterruptibleRun {
    void run() throws InterruptedException;
  }
}
