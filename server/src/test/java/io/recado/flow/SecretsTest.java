package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.recado.journal.Dialect;
import io.recado.testing.Await;
import io.recado.testing.Reply;
import io.recado.testing.RunningRecado;
import io.recado.testing.TestChannel;
import io.recado.testing.TestChat;
import io.recado.testing.TestVisitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// A word of its own is put in everything that a caller or a provider may send, and is then looked
/// for wherever it must not be.
class SecretsTest {

  private static final String TOKEN = "EAAcanaryToken0123456789";
  private static final String SECRET = "canarySecret0123456789";
  private static final String VERIFY = "canaryVerify0123456789";
  private static final String PHONE = "573119876543";
  private static final List<String> SECRETS = List.of(TOKEN, SECRET, VERIFY);
  private static final List<String> PRIVATE =
      List.of("canaryText", "canaryName", "canaryValue", "canaryRaw", PHONE);

  private final Lines lines = new Lines();
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.recado");
  private final Logger emulators = (Logger) LoggerFactory.getLogger("io.recado.emulator");
  private final Level before = ours.getLevel();
  private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);
  private final List<Reply> refusals = new ArrayList<>();
  private final List<Reply> successes = new ArrayList<>();

  /// Every line that the server logs, at every level, before anything is masked.
  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final ConcurrentLinkedQueue<String> all = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      String trace =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      all.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + trace);
    }
  }

  @BeforeEach
  void listen() {
    lines.start();
    ours.setLevel(Level.TRACE);
    emulators.setLevel(Level.OFF);
    ours.addAppender(lines);
    ours.setAdditive(false);
  }

  @AfterEach
  void stop() {
    ours.detachAppender(lines);
    ours.setAdditive(true);
    ours.setLevel(before);
    emulators.setLevel(null);
    recado.close();
  }

  @Test
  void whatIsSecretOrPrivateIsNowhereThatItMustNotBe() throws IOException {
    TestChannel channel = recado.newChannel();
    String conversation = talk(channel);
    String key = beRefused(channel, conversation);
    breakTheChannel(channel, conversation);
    String visitorToken = chat();

    assertThat(lines.all).isNotEmpty();
    assertNone("the log", String.join("\n", lines.all), SECRETS);
    assertNone("the log", String.join("\n", lines.all), PRIVATE);
    assertNone("the log", String.join("\n", lines.all), List.of(key, RunningRecado.ADMIN_KEY));
    assertNone("the log", String.join("\n", lines.all), List.of(visitorToken));
    String metrics = recado.callBare("GET", "/metrics", new byte[0]).text();
    assertNone("the metrics", metrics, SECRETS);
    assertNone("the metrics", metrics, PRIVATE);
    for (Reply refusal : refusals) {
      assertThat(refusal.status()).isBetween(400, 499);
      assertNone("a refusal", refusal.text(), SECRETS);
      assertNone("a refusal", refusal.text(), PRIVATE);
      assertNone("a refusal", refusal.text(), List.of(key, RunningRecado.ADMIN_KEY));
    }
    for (Reply success : successes) {
      assertNone("an answer", success.text(), SECRETS);
      assertNone("an answer", success.text(), List.of(key, RunningRecado.ADMIN_KEY));
    }
    recado.stop();
    String stored = everythingIn(recado.folder());
    assertThat(stored).contains("canaryText");
    assertNone("the database", stored, SECRETS);
    assertNone("the database", stored, List.of("canaryRaw", key, RunningRecado.ADMIN_KEY));
    recado.start();
  }

  private String talk(TestChannel channel) {
    channel.patch("", "{'displayName': 'canaryName'}").ok();
    String conversation = channel.openConversation("+" + PHONE);
    channel.writes(PHONE, "canaryText");
    recado.emulator.receiveInbound(
        "{\"phoneNumberId\": \"%s\", \"from\": \"%s\", \"name\": \"canaryName\", \"message\": {\"type\": \"image\", \"image\": {\"id\": \"1\", \"caption\": \"canaryRaw\"}}}"
            .formatted(channel.phoneNumberId(), PHONE));
    String message =
        channel.sendBody(
            conversation + "/messages", "{'text': 'canaryText', 'metadata': {'a': 'canaryValue'}}");
    channel.awaitStatus(message, "READ");
    String template =
        channel.sendBody(
            conversation + "/messages",
            "{'template': {'name': 'order_confirmed', 'parameters': {'1': 'canaryText', '2':"
                + " 'canaryValue'}}}");
    channel.awaitStatus(template, "READ");
    channel.sendBody(
        ":sendMessage",
        "{'to': '+573110000003', 'text': 'x', 'fallbackTemplate': {'name': 'hello_world'}}");
    channel.post(conversation + ":markRead", "").ok();
    channel.patch(conversation, "{'labels': ['canaryValue'], 'assignee': 'canaryName'}").ok();
    channel.callBack(
        "{'entry': [{'changes': [{'field': 'messages', 'value': {'messages': ['canaryText']}}]}]}");
    return conversation;
  }

  private String beRefused(TestChannel channel, String conversation) {
    String key = recado.post("/v1/apiKeys", "{'role': 'READER'}").ok().path("key").asString();
    String messages = conversation + "/messages";
    String settings =
        "'accessToken': '%s', 'appSecret': '%s', 'verifyToken': '%s'"
            .formatted(TOKEN, SECRET, VERIFY);
    refusals.addAll(
        List.of(
            channel.post(messages, "{'text': 'canaryText'"),
            channel.post(messages, "{'text': ['canaryText'], 'metadata': 'canaryValue'}"),
            channel.post(
                messages, "{'text': 'canaryText', 'ttl': 'canaryValue', 'replyTo': 'canaryValue'}"),
            channel.post(messages, "{'text': 'canaryText\\u0000'}"),
            channel.post(messages, "{'text': '" + "canaryText".repeat(500) + "'}"),
            channel.post(
                messages,
                "{'template': {'name': 'order_confirmed', 'parameters': {'1': ['canaryValue'], '2':"
                    + " ''}}}"),
            channel.post(":sendMessage", "{'to': '" + PHONE + "', 'text': 'canaryText'}"),
            channel.post(
                ":sendMessage",
                "{'to': '+"
                    + PHONE
                    + "0000', 'text': 'canaryText', 'displayName': '"
                    + "canaryName".repeat(9)
                    + "'}"),
            channel.post(
                "/conversations",
                "{'contact': {'phoneNumber': '" + PHONE + "', 'displayName': 17}}"),
            channel.get(
                "/conversations?filter=contact.phoneNumber%20%3D%3D%20%22%2B" + PHONE + "%22"),
            channel.callBack("{'entry': ['canaryText'", "another secret"),
            channel.callBack("{'entry': 'canaryText'"),
            recado.callBare(
                "GET",
                "/providers/whatsapp/"
                    + channel.id()
                    + "?hub.mode=subscribe&hub.challenge=1&hub.verify_token="
                    + VERIFY,
                new byte[0]),
            recado.post(
                "/v1/channels",
                "{'type': 'WHATSAPP', 'whatsapp': {" + settings + ", 'phoneNumberId': 17}}"),
            recado.post(
                "/v1/channels",
                "{'type': 'WHATSAPP', 'whatsapp': {"
                    + settings
                    + ", 'phoneNumberId': '"
                    + channel.phoneNumberId()
                    + "'}}"),
            recado.post(
                "/v1/channels",
                "{'type': 'WHATSAPP', 'whatsapp': {'phoneNumberId': '5', 'appSecret': '"
                    + SECRET.repeat(30)
                    + "', 'accessToken': {'a': '"
                    + TOKEN
                    + "'}}}"),
            recado.call(TOKEN, "GET", channel.path(), ""),
            recado.call("rcd_" + SECRET, "GET", channel.path(), ""),
            recado.call(key, "POST", channel.path() + messages, "{'text': 'canaryText'}"),
            channel.post(
                messages, "{'text': 'canaryText'}", "Idempotency-Key", "canaryValue with blanks")));
    return key;
  }

  private void breakTheChannel(TestChannel channel, String conversation) {
    successes.add(
        channel.patch(
            "",
            "{'whatsapp': {'accessToken': '%s', 'appSecret': '%s', 'verifyToken': '%s'}}"
                .formatted(TOKEN, SECRET, VERIFY)));
    channel.send(conversation, "canaryText");
    Await.until(
        "the channel to be broken",
        () -> channel.get("").ok(),
        c -> c.at("/health/status").asString().equals("BROKEN"));
    refusals.add(channel.post("/templates:sync", ""));
    successes.addAll(
        List.of(
            channel.get(""),
            channel.post(":check", ""),
            recado.get("/v1/channels"),
            recado.get("/v1/apiKeys"),
            recado.get("/v1/auditLog")));
    recado.advance(Duration.ofHours(25));
  }

  /// A visitor's token is stored nowhere; here it is looked for in the log.
  private String chat() {
    TestChat chat = TestChat.on(recado);
    successes.add(chat.patch("", "{'webchat': {'identitySecret': '%s'}}".formatted(SECRET)));
    try (TestVisitor visitor = chat.visitor().begin()) {
      visitor.writes("m", "canaryText");
      successes.add(chat.post(chat.conversation() + ":typing", "{}"));
      refusals.addAll(
          List.of(
              visitor.post("/messages", "{'clientMessageId': 'canaryValue!', 'text': 'canaryText'"),
              visitor.post("/messages", "{'clientMessageId': 'm', 'text': 'canaryText2'}"),
              chat.call("POST", "/session", "{'token': '" + TOKEN + "'}", ""),
              chat.call("GET", "/messages", "", TOKEN),
              chat.call("POST", "/session", TestChat.signedIn("canaryValue", ""), "")));
      return visitor.token();
    }
  }

  private static void assertNone(String where, String text, List<String> words) {
    for (String word : words) {
      int at = text.indexOf(word);
      assertThat(at)
          .as(
              () ->
                  where
                      + " has "
                      + word
                      + ": "
                      + text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 100)))
          .isNegative();
    }
  }

  private static String everythingIn(Path folder) throws IOException {
    var text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(file -> file.getFileName().toString().startsWith("recado.db")).toList()) {
        text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return text.toString();
  }
}
