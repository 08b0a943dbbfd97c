package io.recado.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Content;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.message.Queued;
import io.recado.testing.DeliveryBench;
import io.recado.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of a channel's messages when it is deleted; on both databases.
interface DeletionContract {

  Dialect engine();

  @Test
  default void whatWaitsIsCancelledAndWhatMayHaveLeftIsUnknown() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Id waiting = accept(bench, conversation).id();
      Id inFlight = accept(bench, bench.openConversation("+573000000002")).id();
      bench.server.journal.commit(new Start(inFlight));
      bench.server.call("POST /v1/" + bench.channel.name() + ":pause", "");

      assertThat(bench.server.call("DELETE /v1/" + bench.channel.name(), "").status())
          .isEqualTo(204);

      assertThat(bench.count("outbox")).isZero();
      assertThat(bench.message(waiting).progress().failure().reason().name())
          .isEqualTo("CANCELLED");
      assertThat(bench.message(inFlight).progress().failure().reason().name())
          .isEqualTo("OUTCOME_UNKNOWN");
      assertThat(bench.server.settled).containsExactlyInAnyOrder(waiting, inFlight);
      assertThat(bench.events())
          .filteredOn(event -> event.type().name().equals("MESSAGE_FAILED"))
          .hasSize(2);
    }
  }

  @Test
  default void aLongQueueIsSettledInSlices() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      List<Id> accepted = new ArrayList<>();
      for (int i = 0; i < DeleteChannel.SLICE + 3; i++) {
        accepted.add(accept(bench, conversation).id());
      }

      assertThat(bench.server.call("DELETE /v1/" + bench.channel.name(), "").status())
          .isEqualTo(204);

      assertThat(bench.count("outbox")).isZero();
      assertThat(bench.server.settled).containsExactlyInAnyOrderElementsOf(accepted);
    }
  }

  /// An attempt is under way.
  record Start(Id message) implements Write<Integer> {
    @Override
    public long workspace() {
      return TestServer.WORKSPACE;
    }

    @Override
    public Integer apply(Tx tx) {
      return tx.update(
          "UPDATE outbox SET state = 'IN_FLIGHT' WHERE message_id = ?", binds -> binds.id(message));
    }
  }

  private static Queued accept(DeliveryBench bench, Identity conversation) {
    var draft =
        DeliveryBench.draft(new Content.Text("hi"), null, bench.now().plus(Duration.ofHours(1)));
    return bench.commit(bench.accepting(conversation, draft, Optional.empty()));
  }
}
