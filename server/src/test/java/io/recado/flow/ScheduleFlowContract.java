package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.Reply;
import io.recado.testing.TestChannel;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Messages that are sent later, and many that are sent together.
interface ScheduleFlowContract extends WithRecado {

  private String inAnHour() {
    return recado()
        .clock
        .instant()
        .truncatedTo(ChronoUnit.SECONDS)
        .plus(Duration.ofHours(1))
        .toString();
  }

  /// The path of a message below its channel's.
  private static String below(JsonNode message) {
    String name = message.path("name").asString();
    return name.substring(name.indexOf("/conversations/"));
  }

  @Test
  default void aScheduledMessageHoldsUpNobodyAndTakesItsPlaceWhenItsTimeHasCome() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000301";
    String conversation = channel.openConversation(phone);
    String time = inAnHour();
    JsonNode later =
        channel
            .post(
                conversation + "/messages",
                "{'text': 'later', 'sendTime': '%s', 'ttl': '600s'}".formatted(time))
            .ok();
    String scheduled = below(later);
    assertThat(later.path("status").asString()).isEqualTo("SENDING");
    assertThat(later.path("sendTime").asString()).isEqualTo(time);
    channel.awaitStatus(channel.send(conversation, "now"), "READ");
    assertThat(channel.timeline(scheduled)).contains("WAITING: Scheduled for " + time + ".");
    assertThat(channel.texts(phone)).containsExactly("now");
    recado().restart();

    recado().advance(Duration.ofMinutes(61));
    channel.awaitStatus(scheduled, "READ");

    assertThat(channel.texts(phone)).containsExactly("now", "later");
    channel.awaitStatus(channel.send(conversation, "after"), "READ");
    List<String> listed =
        channel
            .get(conversation + "/messages")
            .ok()
            .path("messages")
            .valueStream()
            .filter(message -> message.path("direction").asString().equals("OUTBOUND"))
            .map(message -> message.path("text").asString())
            .toList();
    assertThat(listed).containsExactly("after", "later", "now");
  }

  @Test
  default void aScheduledMessageIsCountedOnceWhenItIsAccepted() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000305");
    double before = accepted();
    String scheduled =
        below(
            channel
                .post(
                    conversation + "/messages",
                    "{'text': 'counted', 'sendTime': '%s'}".formatted(inAnHour()))
                .ok());
    assertThat(accepted()).isEqualTo(before + 1);
    recado().advance(Duration.ofHours(2));
    channel.awaitStatus(scheduled, "READ");
    assertThat(accepted()).isEqualTo(before + 1);
  }

  private double accepted() {
    return recado()
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("recado_messages_accepted_total{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  default void aScheduledMessageCanBeTakenBack() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000302";
    String conversation = channel.openConversation(phone);
    String scheduled =
        below(
            channel
                .post(
                    conversation + "/messages",
                    "{'text': 'never', 'sendTime': '%s'}".formatted(inAnHour()))
                .ok());
    assertThat(recado().delete(channel.path() + scheduled).status()).isEqualTo(204);
    recado().advance(Duration.ofHours(2));
    channel.awaitStatus(channel.send(conversation, "sent"), "READ");
    assertThat(channel.get(scheduled).ok().at("/error/reason").asString()).isEqualTo("CANCELLED");
    assertThat(channel.texts(phone)).containsExactly("sent");
  }

  @Test
  default void ofABatchEachMessageIsAcceptedOrRefusedByItselfOnce() {
    TestChannel channel = recado().newChannel();
    String open = "+573000000303";
    channel.openConversation(open);
    String messages =
        IntStream.range(0, 20)
            .mapToObj(i -> "{'to': '%s', 'text': 'text %d'}".formatted(open, i))
            .collect(Collectors.joining(", "));
    String body =
        "{'messages': [%s, {'to': '12', 'text': ''}, 7, {'to': '+573000000304', 'text': 'x'}, "
                .formatted(messages)
            + "{'to': '+573000000304', 'template': {'name': 'hello_world'}}]}";
    JsonNode answer = channel.post(":batchSendMessages", body, "Idempotency-Key", "batch-1").ok();

    assertThat(answer.path("failedCount").asInt()).isEqualTo(3);
    List<JsonNode> results = answer.path("results").valueStream().toList();
    assertThat(results).hasSize(24);
    assertThat(results.get(20).at("/error/details/1/fieldViolations").valueStream())
        .extracting(violation -> violation.path("field").asString())
        .contains("to", "text");
    assertThat(results.get(21).at("/error/code").asInt()).isEqualTo(400);
    assertThat(results.get(22).at("/error/details/0/reason").asString())
        .isEqualTo("SERVICE_WINDOW_CLOSED");
    channel.awaitStatus(below(results.get(23).path("message")), "READ");
    channel.awaitStatus(below(results.get(19).path("message")), "READ");
    assertThat(channel.texts(open))
        .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "text " + i).toList());

    Reply again = channel.post(":batchSendMessages", body, "Idempotency-Key", "batch-1");
    assertThat(again.ok()).isEqualTo(answer);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(channel.texts(open)).hasSize(20);
    Reply other =
        channel.post(
            ":batchSendMessages", body.replace("text 3", "other"), "Idempotency-Key", "batch-1");
    assertThat(other.status()).isEqualTo(422);
  }
}
