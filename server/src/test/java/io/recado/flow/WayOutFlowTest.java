package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.journal.Dialect;
import io.recado.testing.Await;
import io.recado.testing.Reply;
import io.recado.testing.RunningRecado;
import io.recado.testing.TestChannel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// The operator's way out: what a person does about messages that wait, failed or are in doubt.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WayOutFlowTest {

  private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);

  @AfterAll
  void stop() {
    recado.close();
  }

  @Test
  void whatIsTakenBackIsNotSentAndWhoeverWaitsBehindItIs() {
    TestChannel channel = recado.newChannel();
    String phone = "+573000000401";
    String conversation = channel.openConversation(phone);
    channel.post(":pause", "").ok();
    List<String> sent =
        List.of("one", "two", "three").stream()
            .map(text -> channel.send(conversation, text))
            .toList();
    for (int i = 0; i < 2; i++) {
      assertThat(delete(channel, sent.get(1)).status()).isEqualTo(204);
    }
    JsonNode cancelled = channel.get(sent.get(1)).ok();
    assertThat(cancelled.path("status").asString()).isEqualTo("FAILED");
    assertThat(cancelled.at("/error/reason").asString()).isEqualTo("CANCELLED");
    assertThat(channel.timeline(sent.get(1)))
        .hasSize(2)
        .anyMatch(
            step -> step.matches("ACTION: Taken back by apiKeys/\\w+, before it had left\\."));
    assertThat(names(search(channel, "queueState = \"WAITING\"")))
        .containsExactly(name(channel, sent.get(2)), name(channel, sent.get(0)));
    assertThat(channel.get("").ok().at("/queue/waiting").asInt()).isEqualTo(2);
    channel.post(":resume", "").ok();
    channel.awaitStatus(sent.get(2), "READ");
    assertThat(channel.texts(phone)).containsExactly("one", "three");
    assertThat(recado.get("/v1/auditLog").ok().path("entries").valueStream())
        .anyMatch(
            entry ->
                entry.path("action").asString().equals("messages.cancel")
                    && entry.path("resource").asString().equals(name(channel, sent.get(1))));
  }

  @Test
  void whatIsSettledReceivedOrUnknownIsNotTakenBack() {
    TestChannel channel = recado.newChannel();
    String conversation = channel.openConversation("+573000000402");
    String read = channel.send(conversation, "x");
    channel.awaitStatus(read, "READ");
    String inbound = conversation + "/messages/" + last(inbound(channel, conversation));
    for (String message : List.of(read, inbound)) {
      for (Reply reply : List.of(delete(channel, message), channel.post(message + ":giveUp", ""))) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.canonicalStatus()).isEqualTo("FAILED_PRECONDITION");
        assertThat(reply.reason()).isEqualTo("MESSAGE_SETTLED");
      }
      assertThat(channel.post(message + ":resend", "").reason()).isEqualTo("MESSAGE_NOT_FAILED");
    }
    String unknown = conversation + "/messages/0123456789abcdef01234567";
    assertThat(delete(channel, unknown).status()).isEqualTo(404);
    assertThat(channel.post(unknown + ":giveUp", "").status()).isEqualTo(404);
    assertThat(channel.post(unknown + ":resend", "").status()).isEqualTo(404);
    assertThat(channel.post(read + ":giveUp", "{'why': 'x'}").fields()).containsExactly("why");
  }

  @Test
  void aDoubtIsGivenUpWhoeverWaitsBehindItGoesOnAndALateReceiptCorrectsIt() {
    TestChannel channel = recado.newChannel();
    String conversation = channel.openConversation("+573000020007");
    recado.emulator.behave("{\"receiptDelayMillis\": [3600000, 3600000]}");
    String doubtful = channel.send(conversation, "x");
    Await.until(
        "the doubt",
        () -> names(search(channel, "queueState = \"IN_DOUBT\"")),
        names -> names.contains(name(channel, doubtful)));
    String behind = channel.send(conversation, "y");
    assertThat(channel.timeline(behind))
        .anyMatch(step -> step.startsWith("WAITING: Behind a message in doubt"));
    assertThat(delete(channel, doubtful).reason()).isEqualTo("MESSAGE_STARTED");
    JsonNode given = channel.post(doubtful + ":giveUp", "{}", "Idempotency-Key", "enough").ok();
    assertThat(channel.post(doubtful + ":giveUp", "{}", "Idempotency-Key", "enough").ok())
        .isEqualTo(given);
    assertThat(given.path("status").asString()).isEqualTo("FAILED");
    assertThat(given.at("/error/reason").asString()).isEqualTo("CANCELLED");
    Await.until(
        "the attempt of the next",
        () -> channel.timeline(behind),
        steps -> steps.stream().anyMatch(step -> step.startsWith("ATTEMPT: Attempt 1")));
    assertThat(channel.timeline(doubtful))
        .anyMatch(
            step -> step.matches("ACTION: Given up by apiKeys/\\w+, while it was in doubt\\."));
    recado.emulator.behave("{\"receiptDelayMillis\": [0, 20]}");
    recado.advance(Duration.ofHours(4));
    JsonNode read = channel.awaitStatus(doubtful, "READ");
    assertThat(read.has("error")).isFalse();
  }

  @Test
  void whatIsOnItsWayAtThisMomentIsLeftAlone() {
    TestChannel channel = recado.newChannel();
    String conversation = channel.openConversation("+573000010008");
    recado.emulator.behave("{\"receiptDelayMillis\": [3600000, 3600000]}");
    String message = channel.send(conversation, "x");
    Await.until(
        "the call",
        () -> names(search(channel, "queueState = \"IN_FLIGHT\"")),
        names -> names.contains(name(channel, message)));
    assertThat(delete(channel, message).reason()).isEqualTo("MESSAGE_STARTED");
    Reply refused = channel.post(message + ":giveUp", "");
    assertThat(refused.reason()).isEqualTo("MESSAGE_STARTED");
    assertThat(refused.detail("ErrorInfo").at("/metadata/queueState").asString())
        .isEqualTo("IN_FLIGHT");
    recado.emulator.behave("{\"receiptDelayMillis\": [0, 20]}");
    recado.advance(Duration.ofHours(2));
    channel.awaitMessage(message, "has left", m -> m.has("deliveredTime"));
  }

  @Test
  void whatIsScheduledSaysSoIsCountedAndIsTakenBack() {
    TestChannel channel = recado.newChannel();
    String phone = "+573000000403";
    String conversation = channel.openConversation(phone);
    String later = recado.clock.instant().plus(Duration.ofHours(1)).toString();
    String body = "{'text': 'later', 'sendTime': '" + later + "'}";
    String kept = channel.sendBody(conversation + "/messages", body);
    String taken = channel.sendBody(conversation + "/messages", body);
    assertThat(channel.timeline(taken))
        .anyMatch(step -> step.startsWith("WAITING: Scheduled for "));
    assertThat(channel.get("").ok().at("/queue/scheduled").asInt()).isEqualTo(2);
    assertThat(names(search(channel, "queueState = \"SCHEDULED\"")))
        .containsExactly(name(channel, taken), name(channel, kept));
    assertThat(delete(channel, taken).status()).isEqualTo(204);
    assertThat(channel.get("").ok().at("/queue/scheduled").asInt()).isEqualTo(1);
    recado.advance(Duration.ofMinutes(61));
    channel.awaitStatus(kept, "READ");
    assertThat(channel.texts(phone)).containsExactly("later");
  }

  @Test
  void whatFailedIsSentAgainOnceForOneKey() {
    TestChannel channel = recado.newChannel();
    String conversation = channel.openConversation("+573000010003");
    String failed =
        channel.sendBody(
            conversation + "/messages", "{'text': 'x', 'metadata': {'order': '4012'}}");
    channel.awaitStatus(failed, "FAILED");
    String resend = failed + ":resend";
    Reply first = channel.post(resend, "", "Idempotency-Key", "again-1");
    Reply second = channel.post(resend, "", "Idempotency-Key", "again-1");
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    JsonNode again = first.ok();
    assertThat(again.path("text").asString()).isEqualTo("x");
    assertThat(again.at("/metadata/order").asString()).isEqualTo("4012");
    assertThat(again.path("status").asString()).isEqualTo("SENDING");
    assertThat(again.path("resendOf").asString()).isEqualTo(name(channel, failed));
    String path = again.path("name").asString().replaceFirst("^channels/\\w+", "");
    channel.awaitStatus(path, "FAILED");
    assertThat(channel.get(failed).ok().path("status").asString()).isEqualTo("FAILED");
    assertThat(channel.timeline(failed))
        .anyMatch(
            step ->
                step.startsWith("ACTION: Sent again by apiKeys/")
                    && step.endsWith("as " + again.path("name").asString() + "."));
    assertThat(channel.timeline(path).getFirst()).contains(name(channel, failed));
    recado.advance(Duration.ofHours(25));
    assertThat(channel.post(resend, "").reason()).isEqualTo("SERVICE_WINDOW_CLOSED");
  }

  @Test
  void aChannelsMessagesAreListedAcrossConversationsPageByPage() {
    TestChannel channel = recado.newChannel();
    String one = channel.openConversation("+573000000404");
    String two = channel.openConversation("+573000000405");
    List<String> sent =
        List.of(one, two, one, two).stream().map(c -> channel.send(c, "x")).toList();
    sent.forEach(message -> channel.awaitStatus(message, "READ"));
    List<String> all = names(channel.get("/messages").ok());
    assertThat(all).hasSize(6);
    assertThat(all.subList(0, 4))
        .isEqualTo(sent.reversed().stream().map(message -> name(channel, message)).toList());
    JsonNode first = channel.get("/messages?pageSize=4").ok();
    String token = first.path("nextPageToken").asString();
    JsonNode rest = channel.get("/messages?pageSize=4&pageToken=" + token).ok();
    assertThat(names(first)).isEqualTo(all.subList(0, 4));
    assertThat(names(rest)).isEqualTo(all.subList(4, 6));
    assertThat(rest.path("nextPageToken").isNull()).isTrue();
    assertThat(names(search(channel, "direction = \"INBOUND\""))).isEqualTo(all.subList(4, 6));
    assertThat(names(search(channel, "status = \"FAILED\""))).isEmpty();
    assertThat(names(search(channel, "createTime > \"2126-01-01T00:00:00Z\""))).isEmpty();
    for (String wrong : List.of("status = \"GONE\"", "state = \"OPEN\"", "createTime = \"soon\"")) {
      assertThat(get(channel, wrong).fields()).as(wrong).containsExactly("filter");
    }
    assertThat(channel.get("/messages?pageToken=" + token + "&filter=" + encode("x")).status())
        .isEqualTo(400);
  }

  private static JsonNode inbound(TestChannel channel, String conversation) {
    return channel
        .get(conversation + "/messages")
        .ok()
        .path("messages")
        .valueStream()
        .filter(message -> message.path("direction").asString().equals("INBOUND"))
        .findFirst()
        .orElseThrow()
        .path("name");
  }

  private Reply delete(TestChannel channel, String message) {
    return recado.call(channel.adminKey(), "DELETE", channel.path() + message, "");
  }

  private static JsonNode search(TestChannel channel, String filter) {
    return get(channel, filter).ok();
  }

  private static Reply get(TestChannel channel, String filter) {
    return channel.get("/messages?filter=" + encode(filter));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<String> names(JsonNode page) {
    return page.path("messages").valueStream().map(m -> m.path("name").asString()).toList();
  }

  private static String name(TestChannel channel, String message) {
    return channel.name() + message;
  }

  private static String last(JsonNode name) {
    return name.asString().substring(name.asString().lastIndexOf('/') + 1);
  }
}
