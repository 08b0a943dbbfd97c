package io.recado.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.MarkRead;
import io.recado.event.EventType;
import io.recado.http.request.ApiError;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Journal;
import io.recado.journal.Write;
import io.recado.message.Message;
import io.recado.message.MessageStatus;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What storing a person's message, and reading it, promise on every database.
interface ReceiveInboundContract {

  Dialect engine();

  private static MarkRead reading(DeliveryBench bench, Identity conversation) {
    return new MarkRead(1, bench.channel.key(), conversation.key(), bench.now());
  }

  @Test
  default void aPersonsMessageIsStoredOnceInOneGroupAndLater() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.conversation("+573000000001");
      List<ReceiveInbound> writes =
          List.of(
              bench.inbound(conversation, "a"),
              bench.inbound(conversation, "b"),
              bench.inbound(conversation, "a"));
      assertThat(bench.<Boolean>together(writes))
          .extracting(Journal.Outcome::get)
          .containsExactly(true, true, false);
      assertThat(bench.server.journal.commit(bench.inbound(conversation, "b"))).isFalse();
      assertThat(bench.count("message")).isEqualTo(2);
      assertThat(bench.count("raw_payload")).isEqualTo(2);
      assertThat(bench.events().stream().filter(e -> e.type() == EventType.MESSAGE_RECEIVED))
          .hasSize(2);
      Message message = bench.message(writes.getFirst().id());
      assertThat(message.direction()).isEqualTo(Message.Direction.INBOUND);
      assertThat(message.seq()).isEqualTo(1);
      assertThat(message.progress().status()).isEqualTo(MessageStatus.DELIVERED);
      assertThat(message.providerMessageId()).isEqualTo("a");
    }
  }

  @Test
  default void aThousandEqualTextsAreAThousandMessages() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.conversation("+573000000001");
      List<ReceiveInbound> writes = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        writes.add(bench.inbound(conversation, "m" + i));
      }
      bench.<Boolean>together(writes);
      assertThat(bench.count("message")).isEqualTo(1_000);
    }
  }

  @Test
  default void theServiceWindowOpensWhenThePersonWroteButNeverAheadOfOurClock() {
    try (var bench = new DeliveryBench(engine())) {
      Identity late = bench.conversation("+573000000001");
      bench.server.journal.commit(
          bench.inbound(late, "old", bench.now().minus(Duration.ofHours(25))));
      assertThatThrownBy(() -> bench.accept(late, "hi")).isInstanceOf(ApiError.class);
      Identity ahead = bench.conversation("+573000000002");
      bench.server.journal.commit(
          bench.inbound(ahead, "ahead", bench.now().plus(Duration.ofHours(5))));
      Identity untimed = bench.conversation("+573000000003");
      bench.server.journal.commit(bench.inbound(untimed, "untimed", Instant.EPOCH));
      bench.server.clock.advance(Duration.ofHours(24).minusMillis(1));
      bench.accept(ahead, "hi");
      bench.accept(untimed, "hi");
      bench.server.clock.advance(Duration.ofMillis(1));
      assertThatThrownBy(() -> bench.accept(ahead, "hi")).isInstanceOf(ApiError.class);
      assertThatThrownBy(() -> bench.accept(untimed, "hi")).isInstanceOf(ApiError.class);
    }
  }

  @Test
  default void anOldMessageThatComesLateDoesNotCloseTheWindow() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      bench.server.journal.commit(
          bench.inbound(conversation, "late", bench.now().minus(Duration.ofDays(3))));
      bench.accept(conversation, "hi");
    }
  }

  @Test
  default void markingReadTellsEachMessageOnceAndNamesTheLast() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.conversation("+573000000001");
      List<ReceiveInbound> writes =
          List.of(bench.inbound(conversation, "a"), bench.inbound(conversation, "b"));
      bench.<Boolean>together(writes);
      bench.accept(conversation, "between");
      bench.server.clock.advance(Duration.ofSeconds(3));
      assertThat(bench.server.journal.commit(reading(bench, conversation))).contains("b");
      assertThat(bench.server.journal.commit(reading(bench, conversation))).isEmpty();
      for (ReceiveInbound write : writes) {
        Message message = bench.message(write.id());
        assertThat(message.progress().status()).isEqualTo(MessageStatus.READ);
        assertThat(message.progress().readTime()).isEqualTo(bench.now());
        assertThat(bench.events(write.id())).containsExactly("message.received", "message.read");
      }
      Id outbound = bench.handedOver.getFirst().id();
      assertThat(bench.message(outbound).progress().status()).isEqualTo(MessageStatus.SENDING);
      bench.server.journal.commit(bench.inbound(conversation, "c"));
      assertThat(bench.server.journal.commit(reading(bench, conversation))).contains("c");
    }
  }

  @Test
  default void aMessageThatComesInTheSameGroupIsMarkedReadAsWell() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.conversation("+573000000001");
      ReceiveInbound inbound = bench.inbound(conversation, "a");
      List<Write<?>> writes = List.of(inbound, reading(bench, conversation));
      var outcomes = bench.<Object>together(writes);
      assertThat(outcomes.get(1).get()).isEqualTo(Optional.of("a"));
      assertThat(bench.message(inbound.id()).progress().status()).isEqualTo(MessageStatus.READ);
      assertThat(bench.events(inbound.id())).containsExactly("message.received", "message.read");
    }
  }
}
