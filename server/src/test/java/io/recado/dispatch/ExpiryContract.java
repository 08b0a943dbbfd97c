package io.recado.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Content;
import io.recado.connector.Reason;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.message.MessageStatus;
import io.recado.message.Queued;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of messages whose time is over before their turn comes, on every database.
interface ExpiryContract {

  Dialect engine();

  @Test
  default void whatWaitsForAFarOffTurnFailsWhenItsTimeIsOver() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Queued lasting = bench.accept(conversation, "a day");
      Queued brief = accept(bench, conversation, Duration.ofSeconds(60));
      Queued behind = bench.accept(conversation, "behind");
      List<Id> told = new ArrayList<>();
      var expiry =
          new Expiry(
              bench.server.channels,
              bench.server.journal,
              bench.server.reads,
              bench.server.clock,
              (_, _, message) -> told.add(message));
      bench.server.clock.advance(Duration.ofSeconds(59));
      expiry.sweep();
      assertThat(told).isEmpty();

      bench.server.clock.advance(Duration.ofSeconds(1));
      expiry.sweep();

      assertThat(told).containsExactly(brief.id());
      var progress = bench.message(brief.id()).progress();
      assertThat(progress.status()).isEqualTo(MessageStatus.FAILED);
      assertThat(progress.failure().reason()).isEqualTo(Reason.EXPIRED);
      assertThat(bench.outbox()).extracting(Queued::id).containsExactly(lasting.id(), behind.id());
      assertThat(bench.outbox().getLast().outbox().previousSeq()).isEqualTo(lasting.seq());
    }
  }

  @Test
  default void aLongQueueIsLookedThroughPartByPart() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      bench.accept(conversation, "a day");
      bench.accept(conversation, "a day");
      Queued third = accept(bench, conversation, Duration.ofSeconds(60));
      List<Id> told = new ArrayList<>();
      var expiry =
          new Expiry(
              bench.server.channels,
              bench.server.journal,
              bench.server.reads,
              bench.server.clock,
              (_, _, message) -> told.add(message),
              2);
      bench.server.clock.advance(Duration.ofSeconds(60));
      expiry.sweep();
      assertThat(told).isEmpty();
      expiry.sweep();
      assertThat(told).containsExactly(third.id());
      // It begins again.
      bench.server.clock.advance(Duration.ofDays(1));
      expiry.sweep();
      assertThat(told).hasSize(3);
    }
  }

  private static Queued accept(DeliveryBench bench, Identity conversation, Duration timeToLive) {
    var draft = DeliveryBench.draft(new Content.Text("brief"), null, bench.now().plus(timeToLive));
    return bench.commit(bench.accepting(conversation, draft, Optional.empty()));
  }
}
