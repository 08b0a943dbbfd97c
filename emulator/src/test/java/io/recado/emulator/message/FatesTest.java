package io.recado.emulator.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.emulator.testing.Http;
import io.recado.emulator.testing.Scene;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Recipients choose what happens to a message by the last four digits of their number.
class FatesTest {
  private Scene scene;

  @BeforeEach
  void open() {
    scene = Scene.open();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private String person(String end) {
    String person = "57300123" + end;
    scene.writes(person);
    return person;
  }

  @Test
  void othersAnd0001AreDeliveredAndRead() {
    for (String end : List.of("0001", "4321")) {
      assertThat(scene.send(person(end), Scene.text("x")).status()).isEqualTo(200);
      assertThat(scene.statuses(3)).containsExactly("sent", "delivered", "read");
    }
  }

  @Test
  void a0002NeverReads() {
    scene.send(person("0002"), Scene.text("x"));
    scene.statuses(2);

    assertThat(plannedReceipts()).containsExactly("sent", "delivered");
  }

  @Test
  void a0003IsUndeliverable() {
    assertThat(scene.send(person("0003"), Scene.text("x")).status()).isEqualTo(200);

    JsonNode status = scene.business.statuses(1).getFirst();
    assertThat(status.path("status").asString()).isEqualTo("failed");
    assertThat(status.at("/errors/0/code").asInt()).isEqualTo(131026);
    assertThat(status.at("/errors/0/error_data/details").asString()).isNotBlank();
    assertThat(status.has("pricing")).isFalse();
    assertThat(status.has("recipient_user_id")).isFalse();
  }

  @Test
  void a0004IsThrottledThreeTimesAndA0005MeetsThePairLimitThreeTimes() {
    for (var fate : List.of(List.of("0004", 130429), List.of("0005", 131056))) {
      String person = person((String) fate.getFirst());
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 3; i++) {
          Http.Answer answer = scene.send(person, Scene.text("x"));
          assertThat(answer.code()).isEqualTo(fate.get(1));
          assertThat(answer.status()).isEqualTo(429);
        }
        assertThat(scene.send(person, Scene.text("x")).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void a0006HasItsWindowClosedForWhatIsNoTemplate() {
    scene.send(person("0006"), Scene.text("x"));

    JsonNode status = scene.business.statuses(1).getFirst();
    assertThat(status.at("/errors/0/code").asInt()).isEqualTo(131047);
  }

  @Test
  void a0007IsAcceptedButItsAnswerIsLost() {
    String body = Scene.to(person("0007"), Scene.text("perdido"));

    assertThatThrownBy(
            () ->
                scene.http.tryCall(
                    "POST",
                    Scene.MESSAGES,
                    "application/json",
                    body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);

    assertThat(scene.statuses(3)).containsExactly("sent", "delivered", "read");
    assertThat(scene.messages().at("/0/payload/text/body").asString()).isEqualTo("perdido");
  }

  @Test
  void a0008IsAnsweredAfterTenSecondsWhichMayBeAfterItsReceipts() throws Exception {
    String person = person("0008");
    var answer = CompletableFuture.supplyAsync(() -> scene.send(person, Scene.text("x")));

    assertThat(scene.statuses(3)).contains("read");
    assertThat(answer).isNotDone();
    scene.emulator.advance(Duration.ofSeconds(10));

    assertThat(answer.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
  }

  @Test
  void a0009FailsAfterItWasSent() {
    scene.send(person("0009"), Scene.text("x"));

    assertThat(scene.statuses(2)).containsExactly("sent", "failed");
  }

  @Test
  void a0010GetsEveryReceiptTwiceAndInReverseOrder() {
    scene.send(person("0010"), Scene.text("x"));

    assertThat(scene.statuses(6))
        .containsExactly("read", "read", "delivered", "delivered", "sent", "sent");
  }

  private List<String> plannedReceipts() {
    JsonNode call = scene.http.get("/_emulator/calls").json().at("/calls/0");
    return call.path("receipts").valueStream().map(JsonNode::asString).toList();
  }
}
