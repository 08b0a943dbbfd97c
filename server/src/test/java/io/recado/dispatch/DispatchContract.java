package io.recado.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.ConnectorSession.OutboundMessage;
import io.recado.connector.Content;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.Conversations;
import io.recado.journal.Dialect;
import io.recado.message.Attempts;
import io.recado.message.Message;
import io.recado.message.MessageStatus;
import io.recado.message.OutboxRow.State;
import io.recado.message.Queued;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The dispatcher's shell with real threads, a real journal and a network that fails at random.
interface DispatchContract {

  ProviderAnswer NOTHING = ProviderAnswer.ofStatus(0);

  Dialect engine();

  /// A dispatcher on the bench's database that has taken up what was unfinished.
  static Dispatch started(DeliveryBench bench) {
    var server = bench.server;
    var sending =
        new Sending(
            server.channels,
            new Conversations(server.reads, server.journal, server.ids, server.clock),
            server.journal,
            server.reads,
            new RetrySchedule(new Random(1)),
            server.clock,
            (_, _, _) -> {});
    var dispatch =
        new Dispatch(server.channels, server.journal, server.reads, sending, server.clock);
    dispatch.start(List.of(bench.channel));
    return dispatch;
  }

  private static void until(BooleanSupplier condition, Runnable meanwhile) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      meanwhile.run();
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static void moveOn(DeliveryBench bench, Dispatch dispatch) {
    bench.server.clock.advance(Duration.ofSeconds(1));
    dispatch.clockMoved();
  }

  private static String text(OutboundMessage message) {
    return ((Content.Text) message.content()).text();
  }

  @Test
  default void everyMessageIsAcceptedOnceAndInTheOrderOfItsConversation() {
    try (var bench = new DeliveryBench(engine())) {
      Map<String, List<String>> accepted = new ConcurrentHashMap<>();
      bench.server.pigeons.answer =
          message -> {
            var random = new Random(message.echo().hashCode());
            if (random.nextInt(10) == 0) {
              return new SendOutcome.RetryLater(Reason.PROVIDER_UNAVAILABLE, NOTHING, null, 0);
            }
            accepted
                .computeIfAbsent(message.to().find("phone").orElseThrow(), _ -> new ArrayList<>())
                .add(text(message));
            return null;
          };
      Dispatch dispatch = started(bench);
      List<String> expected = new ArrayList<>();
      List<Identity> conversations = new ArrayList<>();
      for (int i = 10; i < 20; i++) {
        conversations.add(bench.openConversation("+5730000000" + i));
      }
      for (int i = 0; i < 12; i++) {
        expected.add("m" + i);
        for (Identity conversation : conversations) {
          dispatch.arrived(List.of(bench.accept(conversation, "m" + i)));
        }
      }
      until(() -> bench.outbox().isEmpty(), () -> moveOn(bench, dispatch));
      dispatch.close();
      assertThat(accepted).hasSize(10);
      assertThat(accepted.values()).allSatisfy(texts -> assertThat(texts).isEqualTo(expected));
      assertThat(bench.handedOver)
          .allSatisfy(
              queued ->
                  assertThat(bench.message(queued.id()).progress().status())
                      .isEqualTo(MessageStatus.SENT));
    }
  }

  @Test
  default void aStartSendsWhatWaitsAndNeverWhatMayHaveBeenSent() {
    try (var bench = new DeliveryBench(engine())) {
      List<String> sent = new ArrayList<>();
      bench.server.pigeons.answer =
          message -> {
            sent.add(text(message));
            return null;
          };
      Identity conversation = bench.openConversation("+573000000001");
      Queued flying = bench.accept(conversation, "1");
      AttemptContract.started(bench, flying);
      bench.accept(conversation, "2");
      Dispatch dispatch = started(bench);
      until(() -> bench.outbox().size() == 1, () -> moveOn(bench, dispatch));
      assertThat(bench.outbox().getFirst().outbox().state()).isEqualTo(State.IN_DOUBT);
      until(() -> bench.outbox().isEmpty(), () -> moveOn(bench, dispatch));
      dispatch.close();
      assertThat(sent).containsExactly("2");
      assertThat(bench.message(flying.id()).progress().failure().reason())
          .isEqualTo(Reason.OUTCOME_UNKNOWN);
    }
  }

  @Test
  default void anOutcomeThatCannotBeStoredIsADoubtAndNotForgotten() {
    try (var bench = new DeliveryBench(engine())) {
      // No database takes a name that is none.
      bench.server.pigeons.answer = _ -> accepted(null);
      Dispatch dispatch = started(bench);
      Queued queued = bench.accept(bench.openConversation("+573000000001"), "hi");
      dispatch.arrived(List.of(queued));
      until(() -> bench.outbox().isEmpty(), () -> moveOn(bench, dispatch));
      dispatch.close();
      Message message = bench.message(queued.id());
      assertThat(message.progress().failure().reason()).isEqualTo(Reason.OUTCOME_UNKNOWN);
      assertThat(bench.list(r -> Attempts.of(r, 1, queued.id())))
          .extracting(Attempts.Attempt::outcome)
          .containsExactly(Attempts.Outcome.IN_DOUBT);
    }
  }

  private static SendOutcome accepted(@Nullable String name) {
    return new SendOutcome.Accepted(name, null, false, ProviderAnswer.ofStatus(200));
  }

  @Test
  default void drainingWaitsForWhatIsUnderWayAndStartsNothingNew() throws InterruptedException {
    try (var bench = new DeliveryBench(engine())) {
      Dispatch dispatch = started(bench);
      Identity conversation = bench.openConversation("+573000000001");
      dispatch.arrived(List.of(bench.accept(conversation, "1")));
      until(() -> bench.outbox().isEmpty(), () -> {});
      assertThat(dispatch.drain(Duration.ofSeconds(20))).isTrue();
      dispatch.arrived(List.of(bench.accept(conversation, "2")));
      assertThat(bench.outbox()).hasSize(1);
      dispatch.close();
    }
  }
}
