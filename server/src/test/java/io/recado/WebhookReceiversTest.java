package io.recado;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.recado.testing.Await;
import io.recado.testing.Shell;
import io.recado.webhook.WebhookSecret;
import io.recado.webhook.WebhookSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs the receivers of examples/webhooks against requests that the server's own signature made,
/// and against what an attacker would make of them. A receiver whose language is not on this
/// machine is skipped with a notice.
class WebhookReceiversTest {

  private static final Path FOLDER =
      Path.of("..", "examples", "webhooks").toAbsolutePath().normalize();
  private static final Path DOCUMENT = Path.of("..", "docs", "verifying-webhooks.md");
  private static final Pattern SHOWN =
      Pattern.compile("(?s)docs: begin\n(.*?)\\s*(//|#) docs: end");
  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\n(.*?)\n```");
  private static final int MAX_LINES = 65;

  private static final WebhookSecret SECRET = WebhookSecret.create(new Random(1));
  private static final WebhookSecret OLD_SECRET = WebhookSecret.create(new Random(2));
  private static final WebhookSecret STRANGERS = WebhookSecret.create(new Random(3));
  private static final byte[] BODY =
      "{\"type\": \"message.received\", \"text\": \"¿Dónde está? 🎉\"}".getBytes(UTF_8);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path folder;
  private Process process;
  private URI address;
  private Path output;

  /// The receivers, each with the command that runs it.
  enum Receiver {
    JAVA("Receiver.java", "java", System.getProperty("java.home") + "/bin/java", "Receiver.java"),
    // Node runs TypeScript from 22.18 on; this one is JavaScript too.
    TS("receiver.ts", "node", "node", "--input-type=module", "-"),
    PYTHON("receiver.py", "python3", "python3", "receiver.py"),
    GO("receiver.go", "go", "go", "run", "receiver.go"),
    PHP("receiver.php", "php", "php", "-S", "127.0.0.1:{port}", "receiver.php"),
    RUBY("receiver.rb", "ruby", "ruby", "receiver.rb");

    private final String file;
    private final String language;
    private final List<String> command;

    Receiver(String file, String language, String... command) {
      this.file = file;
      this.language = language;
      this.command = List.of(command);
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReceiverTakesWhatRecadoSignedAndNothingElse(Receiver receiver) throws Exception {
    start(receiver, SECRET.reveal(), Map.of());
    Instant now = Instant.now();

    assertThat(post(signed("evt_1", now, SECRET), BODY)).isEqualTo(204);
    assertThat(post(signed("evt_2", now, SECRET, OLD_SECRET), BODY)).isEqualTo(204);
    assertThat(post(signed("evt_3", now, OLD_SECRET, SECRET), BODY)).isEqualTo(204);
    assertThat(post(signed("evt_4", now.minusSeconds(280), SECRET), BODY)).isEqualTo(204);
    assertThat(post(signed("evt_5", now.plusSeconds(280), SECRET), BODY)).isEqualTo(204);
    for (Map<String, String> forged : forgeries(now)) {
      assertThat(post(forged, BODY)).as(forged.toString()).isEqualTo(401);
    }
    assertThat(post(signed("evt_7", now, SECRET), "{\"amount\": 1}".getBytes(UTF_8)))
        .isEqualTo(401);
    assertThat(post(signed("evt_8", now, SECRET), new byte[0])).isEqualTo(401);
    assertThat(post(signed("evt_9", now, SECRET), BODY)).isEqualTo(204);

    String printed = Await.until("the last event", this::output, text -> text.contains("evt_9 "));
    assertThat(printed).contains("evt_1 ", "evt_2 ", "evt_3 ", "¿Dónde está? 🎉");
    assertThat(printed).doesNotContain("evt_6", "evt_7", "evt_8");
  }

  /// Each would be `evt_6`.
  private static List<Map<String, String>> forgeries(Instant now) {
    Map<String, String> right = signed("evt_6", now, SECRET);
    List<Map<String, String>> forgeries = new ArrayList<>();
    forgeries.add(signed("evt_6", now, STRANGERS));
    forgeries.add(signed("evt_6", now, STRANGERS, OLD_SECRET));
    forgeries.add(signed("evt_6", now.minusSeconds(320), SECRET));
    forgeries.add(signed("evt_6", now.plusSeconds(320), SECRET));
    forgeries.add(changed(right, "webhook-id", "evt_66"));
    forgeries.add(changed(right, "webhook-timestamp", "" + (now.getEpochSecond() + 1)));
    forgeries.add(changed(right, "webhook-timestamp", "soon"));
    forgeries.add(changed(right, "webhook-timestamp", "99999999999999999999999"));
    String signature = right.get("webhook-signature");
    forgeries.add(changed(right, "webhook-signature", signature.replace("v1,", "v1a,")));
    forgeries.add(changed(right, "webhook-signature", signature.replace("v1,", "")));
    forgeries.add(changed(right, "webhook-signature", signature.substring(0, 20)));
    forgeries.add(changed(right, "webhook-signature", signature + "="));
    forgeries.add(changed(right, "webhook-signature", "v1, v1"));
    for (String name : right.keySet()) {
      var without = new HashMap<>(right);
      without.remove(name);
      forgeries.add(without);
    }
    forgeries.add(Map.of());
    return forgeries;
  }

  @ParameterizedTest
  @EnumSource
  void aReceiverAgreesWithTheCheckValueOfStandardWebhooks(Receiver receiver) throws Exception {
    start(receiver, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Map.of("TOLERANCE", "1000000000"));
    Map<String, String> headers =
        Map.of(
            "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp", "1614265330",
            "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    assertThat(post(headers, "{\"test\": 2432232314}".getBytes(UTF_8))).isEqualTo(204);
    assertThat(post(headers, "{\"test\": 2432232315}".getBytes(UTF_8))).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void aReceiverStaysShortAndTheDocumentShowsWhatItRuns(Receiver receiver) throws IOException {
    String source = Files.readString(FOLDER.resolve(receiver.file));
    Matcher shown = SHOWN.matcher(source);

    assertThat(source.lines()).hasSizeLessThanOrEqualTo(MAX_LINES);
    assertThat(shown.find()).isTrue();
    assertThat(blocks()).contains(shown.group(1).strip());
  }

  @Test
  void everyReceiverIsRunAndNothingElseIsShown() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(Receiver.values()).map(receiver -> receiver.file).toList());
    }
    assertThat(blocks()).hasSize(Receiver.values().length);
  }

  /// The sources that the document shows; its shell and JSON are not among them.
  private static List<String> blocks() throws IOException {
    return BLOCK
        .matcher(Files.readString(DOCUMENT))
        .results()
        .filter(block -> !List.of("sh", "json", "http").contains(block.group(1)))
        .map(block -> block.group(2).strip())
        .toList();
  }

  private void start(Receiver receiver, String secret, Map<String, String> environment)
      throws Exception {
    assumeTrue(
        Shell.has(receiver.language), () -> receiver.language + " is not on this machine: not run");
    int port = freePort();
    address = URI.create("http://127.0.0.1:" + port + "/hooks/recado");
    output = folder.resolve("output.txt");
    List<String> command =
        receiver.command.stream()
            .map(word -> word.replace("{port}", Integer.toString(port)))
            .toList();
    Path source = FOLDER.resolve(receiver.file);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    if (receiver == Receiver.TS) {
      builder.redirectInput(source.toFile());
    }
    builder.environment().putAll(environment);
    builder.environment().put("PORT", Integer.toString(port));
    builder.environment().put("WEBHOOK_SECRET", secret);
    process = builder.start();
    Await.until("the receiver listens", () -> isListening(port), isListening -> isListening);
  }

  private boolean isListening(int port) {
    if (!process.isAlive()) {
      throw new AssertionError("the receiver has ended: " + output());
    }
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> signed(String id, Instant time, WebhookSecret... secrets) {
    return new WebhookSignature(List.of(secrets)).headers(id, time, BODY);
  }

  private static Map<String, String> changed(
      Map<String, String> headers, String name, String value) {
    Map<String, String> changed = new HashMap<>(headers);
    changed.put(name, value);
    return changed;
  }

  private int post(Map<String, String> headers, byte[] body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
