package io.recado.emulator.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.emulator.testing.Http;
import io.recado.emulator.testing.Scene;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LimitsTest {
  private Scene scene;

  @BeforeEach
  void open() {
    scene = Scene.open();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private int code() {
    return scene.send(Scene.PERSON, Scene.text("x")).code();
  }

  private int firstFailure() {
    return scene.business.statuses(1).getFirst().at("/errors/0/code").asInt();
  }

  @Test
  void freeTextNeedsAnOpenWindowAndIsRefusedByAReceipt() {
    assertThat(code()).isZero();
    assertThat(firstFailure()).isEqualTo(131047);
  }

  @Test
  void theWindowClosesAfterTwentyFourHoursAndEachMessageOpensItAgain() {
    scene.writes(Scene.PERSON);
    scene.emulator.advance(Duration.ofHours(23));
    scene.writes(Scene.PERSON);
    scene.emulator.advance(Duration.ofHours(23));
    code();
    assertThat(scene.statuses(3)).contains("read");

    scene.emulator.advance(Duration.ofHours(1));
    code();
    assertThat(firstFailure()).isEqualTo(131047);
  }

  @Test
  void theWindowBelongsToOneNumber() {
    scene.writes(Scene.PERSON);
    scene.http.post(
        "/v25.0/" + Scene.OTHER_NUMBER + "/messages", Scene.to(Scene.PERSON, Scene.text("x")));

    assertThat(firstFailure()).isEqualTo(131047);
  }

  @Test
  void aReactionDoesNotOpenTheWindow() {
    scene.emulator.receiveInbound(
        "{\"from\": \"573193210329\", \"message\": {\"type\": \"reaction\", \"reaction\":"
            + " {\"message_id\": \"w\", \"emoji\": \"👍\"}}}");
    code();

    assertThat(firstFailure()).isEqualTo(131047);
  }

  @Test
  void fortyFiveMessagesAtOnceToOnePersonThenOneEverySixSeconds() {
    for (int i = 0; i < 45; i++) {
      assertThat(code()).isZero();
    }
    Http.Answer refused = scene.send(Scene.PERSON, Scene.text("x"));
    assertThat(refused.code()).isEqualTo(131056);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(scene.send("573000000077", Scene.text("x")).code()).isZero();

    scene.emulator.advance(Duration.ofSeconds(6));
    assertThat(code()).isZero();
    assertThat(code()).isEqualTo(131056);
  }

  @Test
  void theLimitsCanBeSetAndLifted() {
    scene.emulator.behave("{\"recipientLimit\": {\"burst\": 2, \"interval\": \"1m\"}}");
    assertThat(code()).isZero();
    assertThat(code()).isZero();
    assertThat(code()).isEqualTo(131056);

    scene.emulator.behave("{\"recipientLimit\": null, \"messagesPerSecond\": 1}");
    scene.emulator.advance(Duration.ofSeconds(1));
    assertThat(code()).isZero();
    assertThat(code()).isEqualTo(130429);
    scene.emulator.advance(Duration.ofSeconds(1));
    assertThat(code()).isZero();

    scene.emulator.behave("{\"messagesPerSecond\": null}");
    for (int i = 0; i < 200; i++) {
      assertThat(code()).isZero();
    }
  }

  @Test
  void aNumberSendsItsMessagesASecondAndNoMore() {
    scene.emulator.behave("{\"recipientLimit\": null, \"messagesPerSecond\": 5}");
    int refused = 0;
    for (int i = 0; i < 20; i++) {
      refused += code() == 130429 ? 1 : 0;
    }

    assertThat(refused).isBetween(1, 15);
  }

  @Test
  void theBehaviourFailsAndLosesAsOftenAsItSays() {
    scene.emulator.behave("{\"failWith\": {\"code\": 131000, \"rate\": 1}}");
    Http.Answer answer = scene.send(Scene.PERSON, Scene.text("x"));
    assertThat(answer.code()).isEqualTo(131000);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(scene.messages().size()).isZero();

    scene.emulator.behave("{\"failWith\": null, \"loseAnswers\": 1}");
    byte[] body =
        Scene.to(Scene.PERSON, Scene.text("x")).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> scene.http.tryCall("POST", Scene.MESSAGES, "application/json", body))
        .isInstanceOf(java.io.IOException.class);
    assertThat(scene.messages().size()).isEqualTo(1);
  }

  @Test
  void anAnswerTakesAsLongAsTheBehaviourSays() throws Exception {
    scene.emulator.behave("{\"latencyMillis\": [60000, 60000]}");
    var answer =
        java.util.concurrent.CompletableFuture.supplyAsync(
            () -> scene.send(Scene.PERSON, Scene.text("x")));
    firstFailure();
    assertThat(answer).isNotDone();

    scene.emulator.advance(Duration.ofMinutes(1));

    assertThat(answer.get(5, java.util.concurrent.TimeUnit.SECONDS).status()).isEqualTo(200);
  }

  @Test
  void theLedgerHoldsWhatWasAcceptedInOrderAndCallsHoldWhatWasRefusedToo() {
    scene.send(Scene.PERSON, Scene.text("uno") + ",\"biz_opaque_callback_data\":\"m:1\"");
    scene.send(Scene.PERSON, "\"type\":\"text\"");
    scene.send("+57 319 321 0329", Scene.text("dos"));

    JsonNode messages = scene.messages();
    assertThat(messages.size()).isEqualTo(2);
    JsonNode first = messages.get(0);
    assertThat(first.path("wamid").asString()).startsWith("wamid.");
    assertThat(first.path("phoneNumberId").asString()).isEqualTo(Scene.NUMBER);
    assertThat(first.path("type").asString()).isEqualTo("text");
    assertThat(first.path("callbackData").asString()).isEqualTo("m:1");
    assertThat(first.at("/payload/text/body").asString()).isEqualTo("uno");
    assertThat(java.time.Instant.parse(first.path("time").asString()))
        .isBeforeOrEqualTo(scene.clock.instant());
    assertThat(messages.get(1).path("to").asString()).isEqualTo("+57 319 321 0329");

    JsonNode calls = scene.http.get("/_emulator/calls?after=1&limit=1").json().path("calls");
    assertThat(calls.size()).isEqualTo(1);
    assertThat(calls.get(0).path("refusedWith").asInt()).isEqualTo(100);

    scene.http.delete("/_emulator/messages");
    assertThat(scene.messages().size()).isZero();
  }

  @Test
  void aBucketThatIsFullAgainIsForgotten() {
    TokenBuckets<Integer> buckets = new TokenBuckets<>();
    for (int i = 0; i < 9_000; i++) {
      buckets.take(i, 1_000, 1, 100);
    }
    for (int i = 0; i < 2_000; i++) {
      buckets.take(1, 5_000, 1, 100);
    }

    assertThat(buckets.size()).isEqualTo(1);
  }
}
