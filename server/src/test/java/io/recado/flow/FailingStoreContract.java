package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Content;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.SendOutcome;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.dispatch.Next;
import io.recado.dispatch.RecordOutcome;
import io.recado.dispatch.StartAttempt;
import io.recado.event.Event;
import io.recado.inbound.ApplyReceipt;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.IdempotencyKey;
import io.recado.journal.StorageException;
import io.recado.journal.Write;
import io.recado.message.AcceptMessage;
import io.recado.message.Message;
import io.recado.message.MessageStatus;
import io.recado.message.Queued;
import io.recado.message.Receipts;
import io.recado.message.Receipts.Named;
import io.recado.testing.DeliveryBench;
import io.recado.testing.FailingCalls;
import io.recado.testing.TestDatabase;
import io.recado.testing.TestServer;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// The whole life of messages while one call to the database after the other fails: the first, the
/// second, and so on, before it was carried out and after. What was answered is there, once.
interface FailingStoreContract {

  /// Each call, with each fault.
  int FAILURES = 150;

  /// About as many as the life of one message takes.
  int CALLS = 24;

  Dialect engine();

  /// Faults that pass; of the first, also the answer alone may be lost where that can be found out.
  List<SQLException> faults();

  @Test
  default void whateverCallFailsNothingThatWasAnsweredIsLostOrThereTwice() {
    var calls = new FailingCalls();
    try (var bench = new DeliveryBench(new TestServer(TestDatabase.failing(engine(), calls)))) {
      var life = new Life(bench);
      Identity conversation = bench.openConversation("+573000000001");
      for (int i = 0; i < FAILURES; i++) {
        int fault = i / CALLS % faults().size();
        boolean isAnswerLost =
            engine() == Dialect.POSTGRESQL && fault == 0 && i / (3 * CALLS) % 2 == 1;
        calls.fail(1 + i % CALLS, isAnswerLost, faults().get(fault));
        life.live(conversation, i);
      }
      calls.fail(0, false, new SQLException());

      assertThat(calls.failed()).as("the faults were met").isGreaterThan(FAILURES / 2);
      // The others are repeated by the journal itself.
      assertThat(life.kinds).containsExactly(StorageException.Kind.FULL);
      assertThat(bench.count("outbox")).isZero();
      // The person's greeting is one more.
      assertThat(bench.count("message")).isEqualTo(FAILURES + 1L);
      for (Id message : life.accepted) {
        assertThat(bench.message(message).progress().status()).isEqualTo(MessageStatus.DELIVERED);
      }
      List<Event> events = bench.events();
      assertThat(events).filteredOn(event -> event.message() != null).hasSize(3 * FAILURES + 1);
      assertThat(positions(bench))
          .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
    }
  }

  private static List<Long> positions(DeliveryBench bench) {
    return bench.read(
        r -> r.query("SELECT position FROM event ORDER BY position", _ -> {}, row -> row.number()));
  }

  /// A caller, a dispatcher and a provider that come again until they know.
  final class Life {

    final List<Id> accepted = new ArrayList<>();
    final Set<StorageException.Kind> kinds = EnumSet.noneOf(StorageException.Kind.class);
    private final DeliveryBench bench;

    Life(DeliveryBench bench) {
      this.bench = bench;
    }

    void live(Identity conversation, int i) {
      Queued queued = accept(conversation, i);
      accepted.add(queued.id());
      var start =
          commit(
              new StartAttempt(
                  queued, true, DeliveryBench.WINDOW, bench.channel.inDoubt(), 1, bench.now()));
      if (start instanceof StartAttempt.Start.Started(Queued started)) {
        commit(
            new RecordOutcome(
                started,
                new SendOutcome.Accepted("w" + i, null, false, ProviderAnswer.ofStatus(200)),
                new Next.Sent(),
                bench.now()));
      } else {
        throw new AssertionError("not started: " + start);
      }
      var delivered = new Receipts.Receipt(ReceiptStatus.DELIVERED, bench.now(), bench.now(), null);
      commit(
          new ApplyReceipt(
              bench.channel.workspace(),
              bench.channel.key(),
              new Named(queued.id(), conversation.key(), Message.Direction.OUTBOUND, 0),
              "w" + i,
              1,
              delivered,
              new ApplyReceipt.Told((_, _, _) -> {}, _ -> {})));
    }

    private Queued accept(Identity conversation, int i) {
      var key =
          new IdempotencyKey(
              TestServer.WORKSPACE, ByteBuffer.allocate(16).putInt(i).array(), new byte[32]);
      AcceptMessage write =
          bench.accepting(
              conversation,
              DeliveryBench.draft(new Content.Text("t" + i), null, bench.now().plusSeconds(3_600)),
              Optional.of(key));
      var answer = commit(write);
      return bench.handedOver.stream()
          .filter(queued -> queued.id().equals(answer.id()))
          .findFirst()
          .orElseThrow();
    }

    /// Asks again as every caller of ours does; a start that is not known is asked of the database.
    private <R> R commit(Write<R> write) {
      while (true) {
        try {
          return bench.server.journal.commit(write);
        } catch (StorageException e) {
          kinds.add(e.kind());
        }
      }
    }
  }
}
