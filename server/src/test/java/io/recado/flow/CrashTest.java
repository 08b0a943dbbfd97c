package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.ServerUnderTest;
import io.recado.emulator.Emulator;
import io.recado.emulator.EmulatorOptions;
import io.recado.testing.ApiClient;
import io.recado.testing.Await;
import io.recado.testing.RecadoProcess;
import io.recado.testing.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The server's process is killed again and again while clients send, each message under a key of
/// its own and as often as it takes. What was answered is there once, went out at most once and in
/// order, and nothing hangs.
@Timeout(120)
class CrashTest {

  private static final int KILLS = 5;
  private static final int CONVERSATIONS = 20;
  private static final Duration BETWEEN = Duration.ofMillis(350);
  private static final String ADMIN_KEY = "admin-key-of-the-crash-test";

  private final Emulator emulator = Emulator.start(EmulatorOptions.standard());
  private final ApiClient client = new ApiClient();
  private final Map<String, String> settings = new HashMap<>();
  private final AtomicInteger asking = new AtomicInteger();
  // By text, the name that the server answered.
  private final Map<String, String> accepted = new ConcurrentHashMap<>();
  private String key = ADMIN_KEY;
  private String channel = "";
  private volatile String url = "";
  private volatile boolean isEnough;

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    emulator.close();
    client.close();
  }

  @Test
  void noKillLosesOrRepeatsOrDisordersWhatWasAnswered() throws Exception {
    long seed = Long.getLong("recado.crash.seed", new Random().nextLong());
    System.err.println("CrashTest runs with -Drecado.crash.seed=" + seed);
    prepare();
    int hits = 0;
    RecadoProcess server = start();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> conversations = furnish(server.address());
      List<Future<?>> sending = new ArrayList<>();
      for (int i = 0; i < CONVERSATIONS; i++) {
        int number = i;
        sending.add(clients.submit(() -> sendAll(number, conversations.get(number))));
      }
      var random = new Random(seed);
      for (int i = 0; i < KILLS; i++) {
        LockSupport.parkNanos(Duration.ofMillis(300 + random.nextInt(900)).toNanos());
        int asked = asking.get();
        int open = unfinished(server.address());
        // Nothing new after the last one, so that nothing new hides what it broke.
        isEnough = i == KILLS - 1;
        server.kill();
        hits += asked > 0 || open > 0 ? 1 : 0;
        server = start();
      }
      for (Future<?> each : sending) {
        each.get();
      }
      check(server.address(), conversations);
      assertThat(server.stop()).isZero();
    } finally {
      server.close();
    }
    assertThat(hits)
        .as("kills that hit something; with none the test has shown nothing")
        .isPositive();
    System.err.printf("CrashTest: %d messages, %d of %d kills hit%n", accepted.size(), hits, KILLS);
    assertThat(integrity()).isEqualTo("ok");
  }

  private void check(String address, List<String> conversations) {
    Await.until(
        "nothing to be on its way",
        () -> get(address, channel).path("queue"),
        queue ->
            queue.path("waiting").asInt()
                    + queue.path("inFlight").asInt()
                    + queue.path("inDoubt").asInt()
                == 0);
    Map<String, List<String>> sentTo =
        provider().stream()
            .collect(
                Collectors.groupingBy(
                    call -> call.path("to").asString(),
                    Collectors.mapping(
                        call -> call.at("/payload/text/body").asString(), Collectors.toList())));
    assertThat(accepted.size()).isGreaterThan(CONVERSATIONS);
    for (int i = 0; i < CONVERSATIONS; i++) {
      List<JsonNode> messages = all(address, conversations.get(i) + "/messages");
      List<JsonNode> outbound =
          messages.reversed().stream()
              .filter(message -> message.path("direction").asString().equals("OUTBOUND"))
              .toList();
      List<String> texts = outbound.stream().map(m -> m.path("text").asString()).toList();
      assertThat(texts).doesNotHaveDuplicates().isSortedAccordingTo(BY_NUMBER);
      assertThat(outbound)
          .allSatisfy(
              message -> assertThat(message.path("status").asString()).isNotEqualTo("SENDING"));
      for (JsonNode message : outbound) {
        assertThat(accepted.get(message.path("text").asString()))
            .isEqualTo(message.path("name").asString());
      }
      String prefix = "c" + i + "-";
      assertThat(accepted.keySet().stream().filter(text -> text.startsWith(prefix)))
          .containsExactlyInAnyOrderElementsOf(texts);
      List<String> atProvider = sentTo.getOrDefault(phone(i).substring(1), List.of());
      assertThat(atProvider).doesNotHaveDuplicates().isSortedAccordingTo(BY_NUMBER);
      for (JsonNode message : outbound) {
        if (!atProvider.contains(message.path("text").asString())) {
          assertThat(message.at("/error/reason").asString()).isEqualTo("OUTCOME_UNKNOWN");
        }
      }
    }
    List<String> activity =
        get(address, channel + "/conversations?pageSize=100")
            .path("conversations")
            .valueStream()
            .map(conversation -> conversation.at("/lastMessage/createTime").asString())
            .toList();
    assertThat(activity).hasSize(CONVERSATIONS).isSortedAccordingTo(Comparator.reverseOrder());
  }

  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(text -> Integer.parseInt(text.substring(text.indexOf('-') + 1)));

  private void sendAll(int conversation, String path) {
    for (int i = 0; !isEnough; i++) {
      String text = "c%d-%d".formatted(conversation, i);
      accepted.put(text, sendOnce(path, text));
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  /// Sends until there is an answer.
  private String sendOnce(String path, String text) {
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (System.nanoTime() < end) {
      asking.incrementAndGet();
      try {
        Reply reply =
            call(
                url,
                "POST",
                path + "/messages",
                "{\"text\": \"%s\"}".formatted(text),
                "Idempotency-Key",
                text);
        if (reply.status() < 500 && !reply.reason().equals("IDEMPOTENCY_KEY_IN_USE")) {
          return reply.ok().path("name").asString();
        }
      } catch (UncheckedIOException _) {
        // Nobody knows whether it arrived: the same again.
      } finally {
        asking.decrementAndGet();
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError(text + " was never answered");
  }

  private void prepare() throws IOException {
    emulator.behave(
        """
        {"latencyMillis": [20, 120], "receiptDelayMillis": [5, 50], "messagesPerSecond": null,
         "recipientLimit": null}\
        """);
    try (var free = new ServerSocket(0)) {
      settings.put("RECADO_PORT", String.valueOf(free.getLocalPort()));
    }
    settings.put("RECADO_HOST", "127.0.0.1");
    settings.put("RECADO_DATA", folder.resolve("data").toString());
    settings.put("RECADO_ADMIN_KEY", ADMIN_KEY);
    settings.put("RECADO_WHATSAPP_BASE_URL", emulator.url());
    ServerUnderTest.start(settings, InstantSource.system()).close();
    String operator = ServerUnderTest.makeOperatorKey(settings, InstantSource.system());
    try (var server = ServerUnderTest.start(settings, InstantSource.system())) {
      key = operator;
      // Not in the first workspace, so that a start takes up the others too.
      String other =
          call(server.address(), "POST", "/v1/workspaces", "{\"displayName\": \"Other\"}")
              .ok()
              .path("adminKey")
              .asString();
      key = other;
    }
  }

  private List<String> furnish(String address) {
    channel =
        "/v1/"
            + call(
                    address,
                    "POST",
                    "/v1/channels",
                    """
                    {"type": "WHATSAPP", "inDoubt": {"window": "2s", "laneHold": "1s"}, "whatsapp": {
                     "phoneNumberId": "300100300100300", "businessAccountId": "200100200100200",
                     "accessToken": "token", "appSecret": "secret", "verifyToken": "verify",
                     "messagesPerSecond": null, "recipientLimit": null}}\
                    """)
                .ok()
                .path("name")
                .asString();
    emulator.configure(
        """
        {"businessAccountId": "200100200100200", "accessToken": "token", "appSecret": "secret",
         "verifyToken": "verify", "phoneNumberId": "300100300100300",
         "callbackUrl": "%s/providers/whatsapp/%s"}\
        """
            .formatted(address, channel.substring(channel.lastIndexOf('/') + 1)));
    List<String> conversations =
        IntStream.range(0, CONVERSATIONS)
            .mapToObj(
                i ->
                    "/v1/"
                        + call(
                                address,
                                "POST",
                                channel + "/conversations",
                                "{\"contact\": {\"phoneNumber\": \"%s\"}}".formatted(phone(i)))
                            .ok()
                            .path("name")
                            .asString())
            .toList();
    for (int i = 0; i < CONVERSATIONS; i++) {
      emulator.receiveInbound("{\"from\": \"%s\", \"text\": \"Hola\"}".formatted(phone(i)));
    }
    for (String conversation : conversations) {
      Await.until(
          "the service window",
          () -> get(address, conversation),
          found -> found.has("serviceWindow"));
    }
    return conversations;
  }

  private RecadoProcess start() {
    RecadoProcess server = RecadoProcess.start(settings, folder.resolve("log"));
    url = server.address();
    return server;
  }

  private int unfinished(String address) {
    JsonNode queue = get(address, channel).path("queue");
    return queue.path("waiting").asInt() + queue.path("inFlight").asInt();
  }

  private List<JsonNode> all(String address, String target) {
    List<JsonNode> items = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = get(address, target + "?pageSize=100&pageToken=" + token);
      page.path("messages").forEach(items::add);
      token = page.path("nextPageToken").asString("");
    } while (!token.isEmpty());
    return items;
  }

  private List<JsonNode> provider() {
    return client
        .exchange(emulator.url(), "GET", "/_emulator/messages", new byte[0], List.of())
        .ok()
        .path("messages")
        .valueStream()
        .toList();
  }

  private JsonNode get(String address, String target) {
    return call(address, "GET", target, "").ok();
  }

  private Reply call(String address, String method, String target, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Authorization", "Bearer " + key, "Content-Type", "application/json"));
    return client.call(address, method, target, body.getBytes(), all);
  }

  private String integrity() throws SQLException {
    String file = "jdbc:sqlite:" + folder.resolve("data").resolve("recado.db");
    try (var connection = DriverManager.getConnection(file);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA integrity_check")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static String phone(int conversation) {
    return "+57300000%02d99".formatted(conversation);
  }
}
