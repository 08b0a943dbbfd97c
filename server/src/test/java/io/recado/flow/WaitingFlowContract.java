package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.Await;
import io.recado.testing.Reply;
import io.recado.testing.TestChannel;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Messages that cannot leave yet are kept, say why, and leave in order.
interface WaitingFlowContract extends WithRecado {

  @Test
  default void whatWaitsWhileTheChannelIsPausedLeavesInOrderWhenItIsResumed() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000201";
    String conversation = channel.openConversation(phone);
    channel.post(":pause", "").ok();
    List<String> texts = texts();
    List<String> sent = texts.stream().map(text -> channel.send(conversation, text)).toList();
    assertThat(channel.timeline(sent.getFirst()))
        .contains("WAITING: The channel is paused; it is sent when the channel is resumed.");
    JsonNode paused = channel.get("").ok();
    assertThat(paused.path("state").asString()).isEqualTo("PAUSED");
    assertThat(paused.at("/queue/waiting").asInt()).isEqualTo(texts.size());
    assertThat(paused.at("/queue/oldestTime").isString()).isTrue();
    channel.post(":resume", "").ok();
    channel.awaitStatus(sent.getLast(), "READ");
    assertThat(channel.texts(phone)).isEqualTo(texts);
  }

  @Test
  default void whatWaitsWhileTheTokenIsWrongLeavesInOrderWithANewOne() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000202";
    String conversation = channel.openConversation(phone);
    channel.patch("", "{'whatsapp': {'accessToken': 'a token that was revoked'}}").ok();
    List<String> texts = texts();
    String first = channel.send(conversation, texts.getFirst());
    JsonNode broken =
        Await.until(
            "the channel's health",
            () -> channel.get("").ok(),
            c -> c.at("/health/status").asString().equals("BROKEN"));
    JsonNode problem = broken.at("/health/problems/0");
    assertThat(problem.path("reason").asString()).isEqualTo("CREDENTIALS_INVALID");
    assertThat(problem.path("remedy").asString()).contains("access token");
    List<String> later =
        texts.subList(1, texts.size()).stream()
            .map(text -> channel.send(conversation, text))
            .toList();
    Await.until(
        "all to be counted as waiting",
        () -> channel.get("").ok().at("/health/problems/0/waitingMessages").asInt(),
        count -> count == texts.size());
    assertThat(channel.get(first).ok().path("status").asString()).isEqualTo("SENDING");
    assertThat(channel.timeline(first))
        .anyMatch(step -> step.startsWith("ATTEMPT: Attempt 1: the channel cannot send: "))
        .anyMatch(step -> step.startsWith("WAITING: The channel cannot send since "));
    assertThat(channel.asked(phone)).isEmpty();
    channel.writes(phone, "¿Hola?");
    Await.until(
        "inbound to go on",
        () -> channel.get(conversation).ok().path("unreadCount").asInt(),
        count -> count == 2);
    channel
        .patch(
            "?updateMask=whatsapp.accessToken",
            "{'whatsapp': {'accessToken': '%s'}}".formatted(channel.accessToken()))
        .ok();
    channel.awaitStatus(later.getLast(), "READ");
    assertThat(channel.texts(phone)).isEqualTo(texts);
    assertThat(channel.get("").ok().at("/health/status").asString()).isEqualTo("OK");
  }

  @Test
  default void aDisabledChannelTakesNothingToSendAndStillReceives() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000203";
    String conversation = channel.openConversation(phone);
    channel.patch("", "{'state': 'DISABLED'}").ok();
    for (Reply refused :
        List.of(
            channel.post(conversation + "/messages", "{'text': 'x'}"),
            channel.post(":sendMessage", "{'to': '%s', 'text': 'x'}".formatted(phone)))) {
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.canonicalStatus()).isEqualTo("FAILED_PRECONDITION");
      assertThat(refused.reason()).isEqualTo("CHANNEL_DISABLED");
      assertThat(refused.json().at("/error/message").asString()).contains("PATCH");
    }
    channel.writes(phone, "¿Hola?");
    Await.until(
        "the person's message",
        () -> channel.get(conversation + "/messages").ok().path("messages"),
        messages -> messages.size() == 2);
    channel.patch("", "{'state': 'ACTIVE'}").ok();
    channel.awaitStatus(channel.send(conversation, "back"), "READ");
  }

  private static List<String> texts() {
    return IntStream.range(0, 5).mapToObj(i -> "number " + i).toList();
  }
}
