package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.Await;
import io.recado.testing.TestChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The ten fates that the emulator has for recipients, each to its end.
interface FatesFlowContract extends WithRecado {

  @ParameterizedTest
  @CsvSource({
    "0001, READ, ''",
    "0002, DELIVERED, ''",
    "0003, FAILED, RECIPIENT_UNREACHABLE",
    "0006, FAILED, SERVICE_WINDOW_CLOSED",
    "0007, READ, ''",
    "0010, READ, ''"
  })
  default void aFateIsToldAsItIs(String fate, String status, String reason) {
    TestChannel channel = recado().newChannel();
    String phone = "+57300001" + fate;
    String conversation = channel.openConversation(phone);
    JsonNode message = channel.awaitStatus(channel.send(conversation, "x"), status);
    assertThat(message.at("/error/reason").asString("")).isEqualTo(reason);
    assertThat(message.has("error")).isEqualTo(status.equals("FAILED"));
    assertThat(channel.accepted(phone)).hasSize(1);
    if (status.equals("READ")) {
      assertThat(List.of("sentTime", "deliveredTime", "readTime")).allMatch(message::has);
    }
  }

  @ParameterizedTest
  @CsvSource({"0004, 130429", "0005, 131056"})
  default void aThrottledMessageIsTriedAgainUntilItIsAccepted(String fate, String code) {
    TestChannel channel = recado().newChannel();
    String phone = "+57300001" + fate;
    String conversation = channel.openConversation(phone);
    String message = channel.send(conversation, "x");
    for (int tries = 1; tries < 4; tries++) {
      int refused = tries;
      Await.until("a refusal", () -> attempts(channel, message), list -> list.size() >= refused);
      recado().advance(Duration.ofMinutes(2));
    }
    channel.awaitStatus(message, "READ");
    List<JsonNode> attempts = attempts(channel, message);
    assertThat(attempts).hasSize(4);
    assertThat(attempts.getFirst().path("outcome").asString()).isEqualTo("THROTTLED");
    assertThat(attempts.getFirst().path("providerCode").asString()).isEqualTo(code);
    assertThat(attempts.getLast().path("outcome").asString()).isEqualTo("ACCEPTED");
    assertThat(channel.accepted(phone)).hasSize(1);
  }

  @Test
  default void anAnswerThatComesLateIsStillAnAnswer() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000010008";
    String conversation = channel.openConversation(phone);
    String message = channel.send(conversation, "x");
    Await.until("the call", () -> channel.accepted(phone), list -> list.size() == 1);
    channel.awaitStatus(message, "READ");
    recado().advance(Duration.ofSeconds(11));
    channel.awaitMessage(
        message, "has its attempt in the timeline", m -> !attempts(channel, message).isEmpty());
    assertThat(channel.get(message).ok().path("status").asString()).isEqualTo("READ");
    assertThat(channel.accepted(phone)).hasSize(1);
  }

  @Test
  default void aMessageThatFailsAfterItWasSentKeepsBothTimes() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000010009");
    JsonNode message = channel.awaitStatus(channel.send(conversation, "x"), "FAILED");
    assertThat(Set.of("sentTime", "failedTime")).allMatch(message::has);
    assertThat(message.at("/error/providerCode").asString()).isEqualTo("131026");
    assertThat(message.at("/error/providerMessage").asString()).isNotBlank();
    assertThat(message.at("/error/message").asString()).isNotBlank();
    assertThat(message.at("/error/remedy").asString()).isNotBlank();
  }

  @Test
  default void aDoubtThatNoReceiptSettlesFailsByThePolicyAndIsCorrectedByALateOne() {
    TestChannel channel = recado().newChannel();
    channel.patch("", "{'inDoubt': {'policy': 'FAIL', 'window': '60s', 'laneHold': '1s'}}").ok();
    String phone = "+573000020007";
    String conversation = channel.openConversation(phone);
    recado().emulator.behave("{\"receiptDelayMillis\": [3600000, 3600000]}");
    String message = channel.send(conversation, "x");
    Await.until("the lost answer", () -> attempts(channel, message), list -> list.size() == 1);
    assertThat(channel.timeline(message))
        .anyMatch(step -> step.contains("its answer was lost"))
        .anyMatch(step -> step.startsWith("WAITING: In doubt until "));
    assertThat(channel.get("").ok().at("/queue/inDoubt").asInt()).isEqualTo(1);
    recado().advance(Duration.ofSeconds(61));
    JsonNode failed = channel.awaitStatus(message, "FAILED");
    assertThat(failed.at("/error/reason").asString()).isEqualTo("OUTCOME_UNKNOWN");
    recado().emulator.behave("{\"receiptDelayMillis\": [0, 20]}");
    recado().advance(Duration.ofHours(4));
    JsonNode read = channel.awaitStatus(message, "READ");
    assertThat(read.has("error")).isFalse();
    assertThat(read.has("failedTime")).isTrue();
    assertThat(channel.accepted(phone)).hasSize(1);
  }

  private static List<JsonNode> attempts(TestChannel channel, String message) {
    return channel
        .get(message + "/timeline")
        .ok()
        .path("steps")
        .valueStream()
        .filter(step -> step.path("kind").asString().equals("ATTEMPT"))
        .toList();
  }
}
