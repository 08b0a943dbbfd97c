package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.journal.Dialect;
import io.recado.testing.Await;
import io.recado.testing.Reply;
import io.recado.testing.RunningRecado;
import io.recado.testing.TestChannel;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the API refuses, one by one: the status, the reason, every field that is wrong, and that
/// nothing was stored.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {

  private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);
  private TestChannel channel;
  private String open;
  private String closed;
  private String otherMessage;

  @BeforeAll
  void makeThings() {
    channel = recado.newChannel();
    open = channel.openConversation("+573000000501");
    closed = channel.conversation("+573000000502");
    String other = channel.openConversation("+573000000503");
    otherMessage = channel.name() + channel.send(other, "x");
    channel.awaitStatus(otherMessage.substring(channel.name().length()), "READ");
  }

  @AfterAll
  void stop() {
    recado.close();
  }

  static Stream<Refusal> all() {
    return Stream.of(
            SendRefusals.messages(),
            SendRefusals.templates(),
            SendRefusals.lists(),
            ResourceRefusals.channels(),
            ResourceRefusals.conversations(),
            ResourceRefusals.access(),
            ResourceRefusals.paths())
        .flatMap(refusals -> refusals);
  }

  @ParameterizedTest
  @MethodSource("all")
  void isRefused(Refusal refusal) {
    Map<String, Long> before = recado.rows();
    Reply reply =
        recado.call(
            RunningRecado.ADMIN_KEY,
            refusal.method(),
            filled(refusal.target()),
            filled(refusal.body()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(refusal.status());
    assertThat(reply.reason()).as(reply.text()).isEqualTo(refusal.reason());
    assertThat(reply.canonicalStatus()).isEqualTo(canonical(refusal));
    assertThat(String.join(" ", reply.fields())).as(reply.text()).isEqualTo(refusal.fields());
    assertThat(reply.json().at("/error/message").asString()).hasSizeGreaterThan(10);
    assertThat(reply.detail("RequestInfo").path("requestId").asString())
        .isEqualTo(reply.header("X-Request-Id"));
    assertThat(recado.rows()).isEqualTo(before);
  }

  @Test
  void aKeyOverItsRateIsToldWhenToComeAgain() {
    String key =
        recado
            .post("/v1/apiKeys", "{'role': 'READER', 'requestsPerSecond': 1}")
            .ok()
            .path("key")
            .asString();
    Reply limited =
        Await.until(
            "the limit",
            () -> recado.call(key, "GET", channel.path(), ""),
            reply -> reply.status() != 200);
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.reason()).isEqualTo("RATE_LIMITED");
    assertThat(limited.canonicalStatus()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(limited.header("Retry-After")).matches("[1-9][0-9]*");
    assertThat(limited.detail("RetryInfo").path("retryDelay").asString())
        .isEqualTo(limited.header("Retry-After") + "s");
    assertThat(limited.detail("QuotaFailure").path("violations")).hasSize(1);
    assertThat(limited.header("RateLimit"))
        .isEqualTo("\"key\";r=0;t=" + limited.header("Retry-After"));
    assertThat(limited.header("RateLimit-Policy")).isEqualTo("\"key\";q=1;w=1");
    assertThat(limited.detail("ErrorInfo").at("/metadata/limit").asString()).isEqualTo("1");
  }

  @Test
  void otherMediaTypesAreRefusedBothWays() {
    Map<String, Long> before = recado.rows();
    String target = channel.path() + open + "/messages";
    String key = RunningRecado.ADMIN_KEY;
    Reply sent = recado.call(key, "POST", target, "{'text': 'x'}", "Content-Type", "text/plain");
    assertThat(sent.status()).isEqualTo(415);
    assertThat(sent.reason()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    Reply wanted = recado.call(key, "POST", target, "{'text': 'x'}", "Accept", "text/html");
    assertThat(wanted.status()).isEqualTo(406);
    assertThat(wanted.reason()).isEqualTo("NOT_ACCEPTABLE");
    assertThat(recado.rows()).isEqualTo(before);
  }

  private String filled(String text) {
    return text.replace("SAME_ACCOUNT", channel.body("a"))
        .replace("OTHER_ID", otherMessage.substring(otherMessage.lastIndexOf('/') + 1))
        .replace("OTHER", otherMessage)
        .replace("MISSING", channel.name() + open + "/messages/" + Refusal.NOBODY)
        .replace("CHANNEL", channel.path())
        .replace("OPEN", open)
        .replace("CLOSED", closed);
  }

  private static String canonical(Refusal refusal) {
    return switch (refusal.status()) {
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ALREADY_EXISTS";
      default ->
          refusal.reason().equals("SERVICE_WINDOW_CLOSED")
              ? "FAILED_PRECONDITION"
              : "INVALID_ARGUMENT";
    };
  }
}
