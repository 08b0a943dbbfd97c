package io.recado.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.channel.Channel;
import io.recado.channel.Channel.Limits;
import io.recado.connector.Content;
import io.recado.connector.SendOutcome.Scope;
import io.recado.dispatch.FiguresWorld.Bucket;
import io.recado.dispatch.FiguresWorld.Call;
import io.recado.journal.Id;
import io.recado.message.OutboxRow;
import io.recado.message.Priority;
import io.recado.message.Queued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the engine promises in figures of virtual time.
class FiguresTest {

  private static final Instant START = FiguresWorld.START;
  private static final long CHANNEL = 1;

  /// The channel knows the limit, knows one that is too high, or knows none.
  @ParameterizedTest
  @CsvSource({"80", "100", "1000", ","})
  void aProvidersEightyASecondAreUsedToNinetyFivePercentAndNothingFails(@Nullable Integer known) {
    var world = new FiguresWorld();
    world.channel(CHANNEL, Channel.State.ACTIVE, new Limits(known, null));
    var limit = new Bucket(80, 80);
    world.provider =
        _ ->
            limit.take(world.now) ? FiguresWorld.accepted() : FiguresWorld.throttled(Scope.CHANNEL);
    offer(world, 100, Duration.ofMinutes(10), i -> i % 1_000);
    world.runUntil(START.plus(Duration.ofMinutes(10)));

    assertThat(world.failed).isEmpty();
    assertThat(world.accepted.size()).isGreaterThanOrEqualTo((int) (0.95 * 80 * 600));
    if (known == null || known > 80) {
      assertThat(world.calls).as("the limit was met").isGreaterThan(world.accepted.size());
    }
    // The rest follows when nobody offers more, each once.
    world.runUntil(START.plus(Duration.ofMinutes(15)));
    assertThat(world.accepted).hasSize(60_000);
    assertThat(world.accepted.stream().map(call -> call.queued().id()).distinct().count())
        .isEqualTo(60_000);
    assertThat(world.waiting(CHANNEL)).isZero();
  }

  @Test
  void aPersonWhoIsSentTooMuchCostsNobodyElseAnything() {
    var world = new FiguresWorld();
    world.channel(CHANNEL, Channel.State.ACTIVE, new Limits(80, null));
    var pair = new Bucket(1 / 6.0, 45);
    world.provider =
        queued ->
            queued.conversation() != 0 || pair.take(world.now)
                ? FiguresWorld.accepted()
                : FiguresWorld.throttled(Scope.RECIPIENT);
    // Every fourth message goes to the one person: 15 a second, of 60.
    offer(world, 60, Duration.ofMinutes(2), i -> i % 4 == 0 ? 0 : i);
    world.runUntil(START.plus(Duration.ofMinutes(2)).plusSeconds(1));

    assertThat(world.calls).as("the pair limit was met").isGreaterThan(world.accepted.size());
    List<Call> others =
        world.accepted.stream().filter(call -> call.queued().conversation() != 0).toList();
    assertThat(others).hasSize(60 * 120 * 3 / 4);
    assertThat(others).allMatch(call -> call.waited().toMillis() <= 1_000);
    assertThat(world.failed).isEmpty();
  }

  @Test
  void whileOneConversationQueuesTenThousandEveryOtherStartsWithinASecond() {
    var world = new FiguresWorld();
    world.channel(CHANNEL, Channel.State.ACTIVE, new Limits(80, null));
    for (int i = 0; i < 10_000; i++) {
      world.accept(CHANNEL, 0);
    }
    offer(world, 70, Duration.ofSeconds(10), i -> 1 + i);
    world.runUntil(START.plusSeconds(12));
    assertFirstCallsWithinASecond(world, 70);
  }

  @Test
  void whileOneChannelQueuesAHundredThousandAnotherStartsAtOnce() {
    var world = new FiguresWorld();
    world.channel(CHANNEL, Channel.State.ACTIVE, new Limits(80, null));
    world.channel(2, Channel.State.ACTIVE, new Limits(80, null));
    for (int i = 0; i < 100_000; i++) {
      world.accept(CHANNEL, 1_000_000 + i % 30_000);
    }
    for (int i = 0; i < 50; i++) {
      Instant time = START.plusMillis(20L * i);
      long conversation = i;
      world.at(time, () -> world.accept(2, conversation));
    }
    world.runUntil(START.plusSeconds(3));
    for (long i = 0; i < 50; i++) {
      assertThat(world.firstCalls.get(i))
          .isBeforeOrEqualTo(START.plusMillis(20 * i).plusSeconds(1));
    }
    assertThat(world.waiting(CHANNEL)).isGreaterThan(90_000);
  }

  @Test
  void aMillionQueuedMessagesTakeBoundedMemory() {
    var dispatcher = new Dispatcher();
    dispatcher.on(
        new Input.ChannelIs(
            DispatchWorld.channel(
                Channel.State.PAUSED, new Limits(80, null), Channel.InDoubt.DEFAULT)),
        START);
    int most = 0;
    for (int i = 0; i < 1_000_000; i++) {
      dispatcher.on(new Input.Arrived(queued(i)), START);
      most = Math.max(most, dispatcher.size());
    }
    // Messages, lanes and timers together.
    assertThat(most).isLessThanOrEqualTo(2 * ChannelQueue.MAX_WITH_FIRSTS + 1);
  }

  private static Queued queued(int i) {
    OutboxRow row = OutboxRow.first(0, START, START.plusSeconds(86_400), Priority.HIGH);
    return new Queued(
        1,
        7,
        i % 300_000,
        1 + i / 300_000,
        new Id(1, i),
        new Content.Text("t"),
        null,
        null,
        START,
        row);
  }

  private static void assertFirstCallsWithinASecond(FiguresWorld world, int perSecond) {
    for (int i = 0; i < 10 * perSecond; i++) {
      Instant accepted = START.plusNanos(i * 1_000_000_000L / perSecond);
      assertThat(world.firstCalls.get(1L + i))
          .as("conversation %d", i)
          .isNotNull()
          .isBeforeOrEqualTo(accepted.plusSeconds(1));
    }
  }

  private static void offer(
      FiguresWorld world, int perSecond, Duration duration, IntToLongFunction conversation) {
    IntStream.range(0, (int) (perSecond * duration.toSeconds()))
        .forEach(
            i ->
                world.at(
                    START.plusNanos(i * 1_000_000_000L / perSecond),
                    () -> world.accept(CHANNEL, conversation.applyAsLong(i))));
  }
}
