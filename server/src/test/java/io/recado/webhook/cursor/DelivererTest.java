package io.recado.webhook.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.webhook.cursor.VirtualWebhooks.Reply;
import io.recado.webhook.cursor.VirtualWebhooks.Try;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// The rules of docs/webhooks.md, one by one, in virtual time.
class DelivererTest {

  private static final long ENDPOINT = 1;
  private static final Reply OK = Reply.of(200, 5);

  private final VirtualWebhooks world = new VirtualWebhooks(1);
  private Reply reply = OK;

  private void open() {
    world.addEndpoint(ENDPOINT, (_, _) -> reply);
  }

  @Test
  void anEndpointThatWasDownForSixHoursIsToldAllInOrderAndNothingIsUsedUp() {
    int events = 200_000;
    long lanes = 1_000;
    Instant back = VirtualWebhooks.START.plus(Duration.ofHours(6));
    world.addEndpoint(
        ENDPOINT, (_, now) -> now.isBefore(back) ? Reply.of(0, 10) : Reply.of(200, 2));
    world.addEndpoint(2, (_, _) -> OK);
    var order = new Random(5);
    for (int i = 0; i < 100; i++) {
      world.append(order.longs(events / 100, 0, lanes).toArray());
      world.runFor(Duration.ofHours(6).dividedBy(100));
    }
    checkProbes(tries(ENDPOINT).stream().filter(one -> one.status() == 0).toList());
    Instant resumed = world.now;
    world.runFor(Duration.ofMinutes(20));

    List<Try> taken = tries(ENDPOINT).stream().filter(one -> one.status() == 200).toList();
    assertThat(taken).hasSize(events);
    assertThat(taken).extracting(Try::attempt).containsOnly(1);
    for (long lane = 0; lane < lanes; lane++) {
      assertThat(world.firstDeliveries(ENDPOINT, lane)).isSorted();
    }
    Duration drain = Duration.between(resumed, taken.getLast().time());
    assertThat(events / (double) drain.toSeconds()).isGreaterThan(500);
    // The neighbour was told of everything within moments, all the time.
    assertThat(tries(2)).hasSize(events);
  }

  /// 5 s, growing to 30 s for an hour, then every 5 minutes; each within its jitter of 20 %.
  private static void checkProbes(List<Try> down) {
    Instant since = down.getFirst().time();
    assertThat(down.size()).isBetween(120 + 55, 160 + 80);
    for (int i = 1; i < down.size(); i++) {
      Instant before = down.get(i - 1).time().plusMillis(10);
      double waited = Duration.between(before, down.get(i).time()).toMillis();
      boolean isLong = Duration.between(since, before).compareTo(Duration.ofHours(1)) >= 0;
      double step =
          isLong ? 300_000 : List.of(0, 5_000, 10_000, 20_000, 30_000).get(Math.min(i, 4));
      assertThat(waited).as("probe " + i).isBetween(step * 0.8 - 1, step * 1.2 + 1);
    }
    // The oldest event probes, but for every third probe, which tries another conversation.
    assertThat(down.stream().filter(one -> one.place().position() == 1).count())
        .isGreaterThan(down.size() * 6L / 10);
    assertThat(down).extracting(Try::attempt).containsOnly(1);
  }

  @Test
  void whatIsAppendedWhileTheLogIsReadIsReadAfterwards() {
    var deliverer = new Deliverer(new Random(1));
    var cursor = new StoredCursor(0, 0, null);
    Instant now = VirtualWebhooks.START;
    assertThat(
            deliverer.on(
                new Input.Opened(1, ENDPOINT, Standing.NEW, List.of(cursor), List.of()), now))
        .hasOnlyElementsOfType(Command.ReadPage.class)
        .hasSize(1);

    // The log was read before it grew, and what was read comes here after the word of its growth.
    deliverer.on(new Input.Grown(1), now);
    assertThat(deliverer.on(new Input.PageRead(ENDPOINT, 0, 0, List.of(), 0, true), now))
        .hasOnlyElementsOfType(Command.ReadPage.class)
        .hasSize(1);
    assertThat(deliverer.on(new Input.PageRead(ENDPOINT, 0, 0, List.of(), 0, true), now)).isEmpty();
  }

  @Test
  void aRefusedEventIsTriedTenTimesOverThreeDaysAndThenListedAsFailed() {
    open();
    reply = Reply.of(400, 10);
    world.append(7);
    world.runFor(Duration.ofDays(5));
    List<Try> tries = tries(ENDPOINT);
    assertThat(tries).extracting(Try::attempt).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    long[] steps = {5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400};
    for (int i = 1; i < 10; i++) {
      double waited =
          Duration.between(tries.get(i - 1).time().plusMillis(10), tries.get(i).time()).toMillis();
      assertThat(waited).isBetween(steps[i - 1] * 800.0 - 1, steps[i - 1] * 1_200.0 + 1);
    }
    assertThat(world.failed(ENDPOINT)).containsExactly(1L);
    assertThat(world.records.getLast().dueTime()).isNull();
    reply = OK;
    world.append(7);
    world.runFor(Duration.ofSeconds(1));
    assertThat(world.firstDeliveries(ENDPOINT, 7)).containsExactly(2L);
  }

  @Test
  void aRefusedEventHoldsUpItsConversationAlone() {
    world.addEndpoint(
        ENDPOINT, (attempt, _) -> attempt.place().position() == 1 ? Reply.of(422, 10) : OK);
    world.append(7, 8, 7, 8);
    world.runFor(Duration.ofSeconds(2));
    assertThat(world.firstDeliveries(ENDPOINT, 8)).containsExactly(2L, 4L);
    assertThat(world.firstDeliveries(ENDPOINT, 7)).isEmpty();
    assertThat(world.lanes(ENDPOINT)).isEqualTo(1);
    assertThat(world.cursor(ENDPOINT, 0).position()).isEqualTo(4);
    world.runFor(Duration.ofDays(4));
    assertThat(world.firstDeliveries(ENDPOINT, 7)).containsExactly(3L);
    assertThat(world.lanes(ENDPOINT)).isZero();
  }

  @Test
  void anEventThatAloneBringsTheEndpointDownIsFoundOut() {
    world.addEndpoint(
        ENDPOINT, (attempt, _) -> attempt.place().position() == 1 ? Reply.of(500, 10) : OK);
    world.append(7, 8, 9, 8);
    world.runFor(Duration.ofMinutes(5));
    assertThat(world.firstDeliveries(ENDPOINT, 8)).containsExactly(2L, 4L);
    assertThat(world.standing(ENDPOINT).failingSince()).isNull();
    world.append(8);
    world.runFor(Duration.ofSeconds(1));
    assertThat(world.firstDeliveries(ENDPOINT, 8)).containsExactly(2L, 4L, 5L);
    for (int hour = 0; hour < 96; hour++) {
      world.append(8);
      world.runFor(Duration.ofHours(1));
    }
    assertThat(world.failed(ENDPOINT)).containsExactly(1L);
  }

  @Test
  void whileAnEndpointIsFailingOneEventAtATimeProbesIt() {
    open();
    reply = Reply.of(503, 100);
    world.append(LongStream.range(0, 50).toArray());
    world.runFor(Duration.ofSeconds(1));
    int before = tries(ENDPOINT).size();
    world.runFor(Duration.ofSeconds(60));
    assertThat(tries(ENDPOINT).size() - before).isBetween(3, 5);
    assertThat(world.standing(ENDPOINT).failure()).isEqualTo("503");
    reply = OK;
    world.runFor(Duration.ofSeconds(40));
    assertThat(world.cursor(ENDPOINT, 0).position()).isEqualTo(50);
    assertThat(world.standing(ENDPOINT)).extracting(Standing::failingSince).isNull();
  }

  @Test
  void retryAfterIsHonouredWithinBounds() {
    open();
    reply = new Reply(503, Duration.ofMillis(10), Duration.ofSeconds(60));
    world.append(1);
    world.runFor(Duration.ofSeconds(59));
    assertThat(tries(ENDPOINT)).hasSize(1);
    world.runFor(Duration.ofSeconds(2));
    assertThat(tries(ENDPOINT)).hasSize(2);
    // Five minutes at most, whatever it asks for.
    reply = new Reply(503, Duration.ofMillis(10), Duration.ofDays(365));
    world.runFor(Duration.ofSeconds(61));
    assertThat(tries(ENDPOINT)).hasSize(3);
    world.runFor(Duration.ofSeconds(310));
    assertThat(tries(ENDPOINT)).hasSize(4);
  }

  @Test
  void aRefusedEventWaitsAtMostTwiceAsLongAsItWouldByItself() {
    open();
    reply = new Reply(400, Duration.ofMillis(10), Duration.ofDays(1));
    world.append(1);
    world.runFor(Duration.ofSeconds(9));
    assertThat(tries(ENDPOINT)).hasSize(1);
    world.runFor(Duration.ofSeconds(2));
    assertThat(tries(ENDPOINT)).hasSize(2);
  }

  @Test
  void goneDisablesAtOnceAndEnablingGoesOnWhereItStopped() {
    open();
    world.append(1);
    world.runFor(Duration.ofSeconds(1));
    reply = Reply.of(410, 10);
    world.append(1, 2);
    world.runFor(Duration.ofSeconds(5));
    assertThat(world.disabled)
        .extracting(Command.Disable::cause)
        .containsExactly(Command.Cause.GONE);
    int tries = tries(ENDPOINT).size();
    reply = OK;
    world.append(1);
    world.runFor(Duration.ofDays(1));
    assertThat(tries(ENDPOINT)).hasSize(tries);
    world.open(ENDPOINT);
    world.runFor(Duration.ofSeconds(5));
    assertThat(world.firstDeliveries(ENDPOINT, 1)).containsExactly(1L, 2L, 4L);
    assertThat(world.firstDeliveries(ENDPOINT, 2)).containsExactly(3L);
  }

  @Test
  void fiveDaysWithoutASuccessDisable() {
    open();
    reply = Reply.of(0, 10);
    world.append(1);
    world.runFor(Duration.ofDays(5).minusMinutes(10));
    assertThat(world.disabled).isEmpty();
    world.runFor(Duration.ofMinutes(20));
    assertThat(world.disabled)
        .extracting(Command.Disable::cause)
        .containsExactly(Command.Cause.FAILING);
  }

  @Test
  void failuresThatAreFarApartDisableNothing() {
    open();
    reply = Reply.of(400, 10);
    world.append(1);
    world.runFor(Duration.ofDays(6));
    world.append(2);
    world.runFor(Duration.ofHours(1));
    assertThat(world.disabled).isEmpty();
  }

  @Test
  void oneConversationWithMuchToTellDoesNotHoldUpTheOthers() {
    world.addEndpoint(ENDPOINT, (_, _) -> Reply.of(200, 20));
    long[] burst = new long[5_000];
    java.util.Arrays.fill(burst, 7L);
    world.append(burst);
    world.append(8);
    world.runFor(Duration.ofSeconds(2));
    assertThat(world.firstDeliveries(ENDPOINT, 8)).containsExactly(5_001L);
    world.runFor(Duration.ofMinutes(5));
    assertThat(world.firstDeliveries(ENDPOINT, 7)).hasSize(5_000).isSorted();
    assertThat(world.lanes(ENDPOINT)).isZero();
  }

  @Test
  void slowEndpointsShareFiveHundredDeliveriesAndHoldUpNobody() {
    world.addEndpoint(ENDPOINT, (_, _) -> OK);
    world.append(1);
    world.runFor(Duration.ofSeconds(1));
    for (long endpoint = 2; endpoint < 3_000; endpoint++) {
      world.addEndpoint(endpoint, (_, _) -> Reply.of(0, 15_000));
    }
    for (int i = 0; i < 60; i++) {
      world.append(LongStream.range(0, 10).toArray());
      world.runFor(Duration.ofSeconds(1));
    }
    assertThat(world.mostSlow).isEqualTo(Allowance.MOST_SLOW);
    assertThat(tries(ENDPOINT)).hasSize(601);
    for (Try one : tries(ENDPOINT)) {
      long second = (one.place().position() - 2) / 10;
      assertThat(one.time())
          .isBefore(VirtualWebhooks.START.plusSeconds(1 + Math.max(0, second)).plusMillis(400));
    }
    // They take turns: in a minute, four rounds of 500.
    assertThat(world.tries.stream().map(one -> one.place().endpoint()).distinct().count())
        .isGreaterThan(1_900);
  }

  @Test
  void aSlowEndpointGetsOneEventAtATimeUntilItIsFastAgain() {
    open();
    world.append(LongStream.range(0, 40).toArray());
    world.runFor(Duration.ofSeconds(1));
    reply = Reply.of(200, 3_000);
    world.append(LongStream.range(0, 60).toArray());
    world.runFor(Duration.ofMillis(3_500));
    assertThat(world.inFlight(ENDPOINT)).isEqualTo(1);
    reply = OK;
    world.runFor(Duration.ofSeconds(4));
    assertThat(world.cursor(ENDPOINT, 0).position()).isEqualTo(100);
  }

  @Test
  void aCursorOlderThanTheLogGoesOnAtItsBeginningAfterANotice() {
    open();
    world.append(1, 2, 3, 4, 5);
    world.runFor(Duration.ofSeconds(1));
    reply = Reply.of(503, 10);
    world.append(LongStream.range(0, 100).toArray());
    world.runFor(Duration.ofHours(1));
    world.oldest = 91;
    world.restart();
    reply = OK;
    world.runFor(Duration.ofMinutes(10));
    List<Long> told = new ArrayList<>();
    for (Try one : tries(ENDPOINT)) {
      if (one.status() == 200 && one.place().position() > 5) {
        told.add(one.place().position());
      }
    }
    assertThat(told.getFirst()).isEqualTo(106);
    assertThat(told.subList(1, told.size())).contains(91L, 105L).doesNotContain(90L);
  }

  @Test
  void aReplayTellsThePastAgainBesideWhatHappensNow() {
    open();
    world.append(LongStream.range(0, 200).map(i -> i % 5).toArray());
    world.runFor(Duration.ofSeconds(5));
    world.addReplay(ENDPOINT, 1, 20, 60);
    world.append(1);
    world.runFor(Duration.ofSeconds(5));
    List<Long> again =
        tries(ENDPOINT).stream()
            .filter(one -> one.place().cursor() == 1)
            .map(one -> one.place().position())
            .toList();
    assertThat(again).hasSize(40).contains(21L, 60L).doesNotContain(20L, 61L);
    assertThat(world.cursor(ENDPOINT, 1)).isNull();
    assertThat(world.firstDeliveries(ENDPOINT, 1)).contains(201L);
  }

  @Test
  void anotherAddressIsTriedAtOnce() {
    open();
    reply = Reply.of(0, 10);
    world.append(1);
    world.runFor(Duration.ofHours(2));
    reply = OK;
    world.tell(new Input.Changed(ENDPOINT));
    world.runFor(Duration.ofSeconds(1));
    assertThat(world.firstDeliveries(ENDPOINT, 1)).containsExactly(1L);
  }

  private List<Try> tries(long endpoint) {
    return world.tries.stream().filter(one -> one.place().endpoint() == endpoint).toList();
  }
}
