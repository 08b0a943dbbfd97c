package io.recado.dispatch;

import static io.recado.message.OutboxRow.State.IN_DOUBT;
import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.ConnectorSession.OutboundMessage;
import io.recado.connector.Content;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.Conversations;
import io.recado.journal.Dialect;
import io.recado.message.Queued;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A wall clock that is set while messages wait, on every database.
interface ClockContract {

  Dialect engine();

  @ParameterizedTest
  @ValueSource(strings = {"PT-2H", "P-1D", "PT2H", "P1D"})
  default void aClockThatIsSetNeitherDelaysARetryNorBringsItForward(Duration jump) {
    try (var life = new Life(engine())) {
      life.answer = _ -> life.faults++ == 0 ? later() : null;
      life.accept("1", Duration.ofDays(30));
      life.pass(Duration.ZERO);
      assertThat(life.tried).hasSize(1);

      life.bench.server.clock.advance(jump);
      life.pass(Duration.ofMillis(5));
      assertThat(life.tried).as("too early").hasSize(1);
      life.pass(Duration.ofSeconds(60));
      assertThat(life.tried).containsExactly("1", "1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-1D", "P1D"})
  default void aClockThatIsSetNeitherProlongsADoubtNorEndsIt(Duration jump) {
    try (var life = new Life(engine())) {
      life.answer = _ -> new SendOutcome.InDoubt("lost", ProviderAnswer.ofStatus(0));
      Queued doubtful = life.accept("1", Duration.ofDays(30));
      life.pass(Duration.ZERO);
      life.answer = _ -> null;
      life.accept("2", Duration.ofDays(30));

      life.bench.server.clock.advance(jump);
      life.pass(Duration.ofSeconds(4));
      assertThat(life.tried).as("held for laneHold").containsExactly("1");
      life.pass(Duration.ofSeconds(2));
      assertThat(life.tried).containsExactly("1", "2");
      life.pass(Duration.ofSeconds(53));
      assertThat(life.bench.outbox())
          .singleElement()
          .matches(is -> is.outbox().state() == IN_DOUBT);
      life.pass(Duration.ofSeconds(2));
      assertThat(life.bench.message(doubtful.id()).progress().failure().reason())
          .isEqualTo(Reason.OUTCOME_UNKNOWN);
    }
  }

  @Test
  default void aClockThatWasSetBackWhileNothingRanKeepsNobodyWaitingForLong() {
    try (var life = new Life(engine())) {
      life.answer = _ -> later();
      life.accept("tried", Duration.ofDays(30));
      life.pass(Duration.ZERO);
      Identity other = life.bench.openConversation("+573000000002");
      life.store(other, "fresh", Duration.ofDays(30));

      life.bench.server.clock.advance(Duration.ofDays(-1));
      life.answer = _ -> null;
      life.restart();
      life.pass(Duration.ZERO);
      assertThat(life.tried).containsExactly("tried", "fresh");
      life.pass(SteadyTime.LONGEST_STORED);
      assertThat(life.tried).containsExactly("tried", "fresh", "tried");
    }
  }

  @Test
  default void aClockThatIsMovedOnPurposeEndsWaits() {
    try (var life = new Life(engine())) {
      life.answer = _ -> life.faults++ == 0 ? later() : null;
      life.accept("1", Duration.ofDays(30));
      life.pass(Duration.ZERO);
      life.bench.server.clock.advance(Duration.ofMinutes(1));
      life.dispatch.dispatch.clockMoved();
      life.dispatch.step();
      assertThat(life.tried).containsExactly("1", "1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-2H", "P-1D"})
  default void aClockThatIsSetBackEndsNoTimeToLiveEarly(Duration jump) {
    try (var life = new Life(engine())) {
      life.accept("1", Duration.ofSeconds(60));
      life.bench.server.clock.advance(jump);
      life.expiry().sweep();
      assertThat(life.bench.outbox()).hasSize(1);
      life.restart();
      life.pass(Duration.ZERO);
      assertThat(life.tried).containsExactly("1");
    }
  }

  private static SendOutcome later() {
    return new SendOutcome.RetryLater(
        Reason.PROVIDER_UNAVAILABLE, ProviderAnswer.ofStatus(503), null, 0);
  }

  /// Dispatching on a bench, on the test's own thread, with both clocks in the test's hands.
  final class Life implements AutoCloseable {

    final DeliveryBench bench;
    final List<String> tried = new ArrayList<>();
    Function<OutboundMessage, @Nullable SendOutcome> answer = _ -> null;
    int faults;
    SteppedDispatch dispatch;
    final Identity conversation;
    private long nanos;

    Life(Dialect engine) {
      bench = new DeliveryBench(engine);
      conversation = bench.openConversation("+573000000001");
      bench.server.pigeons.answer =
          message -> {
            tried.add(
                switch (message.content()) {
                  case Content.Text text -> text.text();
                  case Content.Template template -> template.name();
                  case Content.Unsupported other -> throw new AssertionError(other);
                });
            return answer.apply(message);
          };
      restart();
    }

    void restart() {
      var server = bench.server;
      dispatch =
          new SteppedDispatch(
              server.channels,
              new Conversations(server.reads, server.journal, server.ids, server.clock),
              server.journal,
              server.reads,
              new SteppedDispatch.Surroundings(
                  server.clock, new Random(1), new OnThisThread(), () -> nanos, () -> {}));
      dispatch.recover(List.of(bench.channel));
      dispatch.step();
    }

    Expiry expiry() {
      var server = bench.server;
      return new Expiry(
          server.channels, server.journal, server.reads, server.clock, (_, _, _) -> {});
    }

    Queued accept(String text, Duration timeToLive) {
      return accept(conversation, text, timeToLive);
    }

    Queued accept(Identity conversation, String text, Duration timeToLive) {
      Queued queued = store(conversation, text, timeToLive);
      dispatch.dispatch.arrived(List.of(queued));
      return queued;
    }

    /// Accepts a text.
    Queued acceptText(String text) {
      Queued queued = bench.accept(conversation, text);
      dispatch.dispatch.arrived(List.of(queued));
      return queued;
    }

    /// Accepts a template, which no service window holds back, without telling of it.
    Queued store(Identity conversation, String name, Duration timeToLive) {
      var template = new Content.Template(name, "es", null, List.of(), List.of());
      var draft = DeliveryBench.draft(template, null, bench.now().plus(timeToLive));
      return bench.commit(bench.accepting(conversation, draft, Optional.empty()));
    }

    /// Time passes, on both clocks.
    void pass(Duration duration) {
      nanos += duration.toNanos();
      bench.server.clock.advance(duration);
      dispatch.step();
      dispatch.step();
    }

    /// Long enough for some starts within the channel's rate.
    void passAMoment() {
      for (int i = 0; i < 8; i++) {
        pass(Duration.ofMillis(50));
      }
    }

    @Override
    public void close() {
      dispatch.dispatch.close();
      bench.close();
    }
  }

  /// Does everything at once.
  final class OnThisThread extends AbstractExecutorService {

    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {
      // Nothing is ever under way.
    }

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return true;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
