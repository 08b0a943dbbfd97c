package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.Await;
import io.recado.testing.Reply;
import io.recado.testing.TestChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A key makes a request's effect happen once: among many at once, later, and after a restart. A
/// restart loses nothing.
interface IdempotencyFlowContract extends WithRecado {

  @Test
  default void thirtyTwoRequestsWithOneKeyMakeOneMessageAndOneCall() throws Exception {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000301";
    String target = channel.openConversation(phone) + "/messages";
    String body = "{'text': 'once', 'metadata': {'a': '1', 'b': '2'}}";
    List<Reply> replies = atOnce(32, () -> channel.post(target, body, "Idempotency-Key", "key-1"));
    List<Reply> answered = replies.stream().filter(reply -> reply.status() == 200).toList();
    assertThat(replies)
        .filteredOn(reply -> reply.status() != 200)
        .allMatch(reply -> reply.reason().equals("IDEMPOTENCY_KEY_IN_USE"));
    assertThat(answered.stream().map(Reply::text).distinct()).hasSize(1);
    assertThat(answered.stream().filter(reply -> !isReplayed(reply))).hasSize(1);
    String message = answered.getFirst().json().path("name").asString();
    channel.awaitStatus(message.substring(channel.name().length()), "READ");
    assertThat(channel.texts(phone)).containsExactly("once");
    assertThat(channel.get(target).ok().path("messages").size()).isEqualTo(2);
    Reply other = channel.post(target, "{'text': 'twice'}", "Idempotency-Key", "key-1");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(other.canonicalStatus()).isEqualTo("INVALID_ARGUMENT");
    assertThat(other.detail("ErrorInfo").at("/metadata/resource").asString()).isEqualTo(message);
    recado().restart();
    Reply again =
        channel.post(
            target,
            "{ 'metadata': {'b': '2', 'a': '1'},  'text': 'once'}",
            "Idempotency-Key",
            "\"key-1\"");
    assertThat(again.text()).isEqualTo(answered.getFirst().text());
    assertThat(isReplayed(again)).isTrue();
    assertThat(channel.texts(phone)).containsExactly("once");
    assertThat(channel.post(target, "{'text': 'x'}", "Idempotency-Key", "key-1").status())
        .isEqualTo(422);
  }

  @Test
  default void aRequestThatComesAgainIsRefusedByNothingThatHasChangedSince() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000309";
    String target = channel.openConversation(phone) + "/messages";
    String soon = recado().clock.instant().plus(Duration.ofMinutes(1)).toString();
    String one = "{'text': 'one', 'expireTime': '%s'}".formatted(soon);
    String two = "{'to': '%s', 'text': 'two', 'expireTime': '%s'}".formatted(phone, soon);
    String batch = "{'messages': [%s]}".formatted(two.replace("two", "three"));
    Reply first = channel.post(target, one, "Idempotency-Key", "key-9");
    Reply second = channel.post(":sendMessage", two, "Idempotency-Key", "key-9");
    Reply third = channel.post(":batchSendMessages", batch, "Idempotency-Key", "key-9");
    recado().advance(Duration.ofMinutes(2));
    channel.patch("", "{'state': 'DISABLED'}").ok();

    for (Reply[] pair :
        List.of(
            new Reply[] {first, channel.post(target, one, "Idempotency-Key", "key-9")},
            new Reply[] {second, channel.post(":sendMessage", two, "Idempotency-Key", "key-9")},
            new Reply[] {
              third, channel.post(":batchSendMessages", batch, "Idempotency-Key", "key-9")
            })) {
      assertThat(pair[1].ok()).isEqualTo(pair[0].ok());
      assertThat(isReplayed(pair[1])).isTrue();
    }
    Reply other = channel.post(target, "{'text': 'x'}", "Idempotency-Key", "key-9");
    assertThat(other.reason()).isEqualTo("CHANNEL_DISABLED");
  }

  @Test
  default void aRefusedRequestLeavesItsKeyFree() {
    TestChannel channel = recado().newChannel();
    String target = channel.openConversation("+573000000302") + "/messages";
    assertThat(channel.post(target, "{'text': ''}", "Idempotency-Key", "key-2").status())
        .isEqualTo(400);
    assertThat(isReplayed(channel.post(target, "{'text': 'x'}", "Idempotency-Key", "key-2")))
        .isFalse();
    assertThat(channel.get(target).ok().path("messages").size()).isEqualTo(2);
  }

  @Test
  default void everyKindOfPostIsDoneOnce() {
    TestChannel channel = recado().newChannel();
    String contact = "{'contact': {'phoneNumber': '+573000000303', 'displayName': 'Ana'}}";
    for (Callable<Reply> post :
        List.<Callable<Reply>>of(
            () -> channel.post("/conversations", contact, "Idempotency-Key", "key-3"),
            () -> channel.post(":pause", "", "Idempotency-Key", "key-3"),
            () -> channel.post("/templates:sync", "", "Idempotency-Key", "key-3"),
            () ->
                channel.post(
                    ":sendMessage",
                    "{'to': '+573000000303', 'template': {'name': 'hello_world'}}",
                    "Idempotency-Key",
                    "key-3"),
            () -> recado().post("/v1/apiKeys", "{'role': 'READER'}", "Idempotency-Key", "key-3"))) {
      Reply first = call(post);
      Reply second = call(post);
      first.ok();
      assertThat(isReplayed(first)).as(first.text()).isFalse();
      assertThat(second.text()).isEqualTo(first.text());
      assertThat(isReplayed(second)).as(second.text()).isTrue();
    }
  }

  @Test
  default void aRequestToMarkAsReadThatComesAgainMarksNothing() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000306";
    String conversation = channel.conversation(phone);
    String first = channel.writes(phone, "one");
    awaitUnread(channel, conversation);
    String target = conversation + ":markRead";
    Reply marked = channel.post(target, "", "Idempotency-Key", "key-6");
    assertThat(marked.ok().path("unreadCount").asInt()).isZero();
    assertThat(marked.json().at("/lastMessage/status").asString()).isEqualTo("READ");
    Await.until("the provider to be told", () -> markedAtProvider(first), told -> told.equals(1L));
    String second = channel.writes(phone, "two");
    awaitUnread(channel, conversation);
    Reply again = channel.post(target, "{}", "Idempotency-Key", "key-6");
    assertThat(again.text()).isEqualTo(marked.text());
    assertThat(isReplayed(again)).isTrue();
    assertThat(channel.get(conversation).ok().path("unreadCount").asInt()).isEqualTo(1);
    channel.post(target, "", "Idempotency-Key", "key-7").ok();
    Await.until(
        "the provider to be told again", () -> markedAtProvider(second), told -> told.equals(1L));
    assertThat(markedAtProvider(first)).isEqualTo(1L);
  }

  @Test
  default void aRestartKeepsEverythingAndGoesOnWithWhatIsUnfinished() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000304";
    String conversation = channel.openConversation(phone);
    String done = channel.send(conversation, "before");
    channel.awaitStatus(done, "READ");
    channel.post(":pause", "").ok();
    List<String> texts = IntStream.range(0, 5).mapToObj(i -> "number " + i).toList();
    List<String> sent = texts.stream().map(text -> channel.send(conversation, text)).toList();
    List<String> paths =
        List.of("", conversation, conversation + "/messages", done, "/conversations", "/templates");
    List<JsonNode> before = paths.stream().map(path -> channel.get(path).ok()).toList();
    recado().restart();
    assertThat(paths.stream().map(path -> channel.get(path).ok()).toList()).isEqualTo(before);
    channel.post(":resume", "").ok();
    channel.awaitStatus(sent.getLast(), "READ");
    List<String> expected = new ArrayList<>(List.of("before"));
    expected.addAll(texts);
    assertThat(channel.texts(phone)).isEqualTo(expected);
  }

  @Test
  default void whatWasUnderWayWhenTheServerStoppedIsInDoubtAndSettledByItsReceipt() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000300008";
    String conversation = channel.openConversation(phone);
    recado().emulator.behave("{\"receiptDelayMillis\": [60000, 60000]}");
    String message = channel.send(conversation, "x");
    Await.until("the call", () -> channel.accepted(phone), list -> list.size() == 1);
    recado().restart();
    assertThat(channel.timeline(message)).anyMatch(step -> step.contains("In doubt until "));
    recado().emulator.behave("{\"receiptDelayMillis\": [0, 20]}");
    recado().emulator.advance(java.time.Duration.ofMinutes(4));
    channel.awaitStatus(message, "READ");
    assertThat(channel.accepted(phone)).hasSize(1);
  }

  private static void awaitUnread(TestChannel channel, String conversation) {
    Await.until(
        "the message",
        () -> channel.get(conversation).ok().path("unreadCount").asInt(),
        unread -> unread == 1);
  }

  private long markedAtProvider(String wamid) {
    return recado()
        .provider("/_emulator/calls")
        .path("calls")
        .valueStream()
        .map(JsonNode::toString)
        .filter(call -> call.contains("\"status\":\"read\"") && call.contains(wamid))
        .count();
  }

  private static boolean isReplayed(Reply reply) {
    return reply.header("Idempotent-Replayed").equals("true");
  }

  private static Reply call(Callable<Reply> post) {
    try {
      return post.call();
    } catch (Exception e) {
      // Whatever a call throws ends the test.
      throw new AssertionError(e);
    }
  }

  private static List<Reply> atOnce(int count, Callable<Reply> call)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> reply :
          threads.invokeAll(IntStream.range(0, count).mapToObj(_ -> call).toList())) {
        replies.add(reply.get());
      }
      return replies;
    }
  }
}
