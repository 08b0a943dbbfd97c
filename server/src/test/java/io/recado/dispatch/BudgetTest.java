package io.recado.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {

  private static final Instant START = DispatchWorld.START;

  /// When sends start that are all wanted at once.
  private static List<Instant> starts(Budget budget, Instant from, int count) {
    List<Instant> times = new ArrayList<>();
    Instant now = from;
    while (times.size() < count) {
      if (budget.tryTake(now)) {
        times.add(now);
      } else {
        now = budget.nextTime(now);
      }
    }
    return times;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 80, 81, 1_000, 10_000})
  void theRateIsKeptOverAnySecondAndNearlyUsed(int rate) {
    List<Instant> times = starts(new Budget(rate), START, 5 * rate + 1);
    DispatcherTest.assertKept(times, rate, Duration.ofSeconds(1));
    double taken = Duration.between(times.getFirst(), times.getLast()).toNanos() / 1e9;
    assertThat(5 * rate / taken).isGreaterThan(0.97 * rate);
  }

  @Test
  void anIdleBudgetSavesUpNoMoreThanIsKeptOverASecond() {
    var budget = new Budget(80);
    List<Instant> times = starts(budget, START, 80);
    times.addAll(starts(budget, times.getLast().plusSeconds(3_600), 200));
    DispatcherTest.assertKept(times, 80, Duration.ofSeconds(1));
  }

  @Test
  void withoutALimitEverythingStartsAtOnce() {
    var budget = new Budget(null);
    assertThat(starts(budget, START, 100_000)).containsOnly(START);
    assertThat(budget.nextTime(START)).isEqualTo(START);
  }

  @Test
  void beingThrottledCutsToALittleLessThanWasAcceptedInTheLastSecond() {
    var budget = new Budget(80);
    for (int i = 0; i < 40; i++) {
      budget.accepted(START.plusMillis(i));
    }
    budget.throttled(START.plusMillis(500), null);
    assertThat(budget.rate()).isEqualTo(38);
  }

  @Test
  void beingThrottledWithNothingAcceptedHalvesTheRateAtMostOnceASecondAndNotBelowOne() {
    var budget = new Budget(8);
    for (int i = 0; i < 10; i++) {
      budget.throttled(START.plusMillis(i), null);
    }
    assertThat(budget.rate()).isEqualTo(4);
    budget.throttled(START.plusSeconds(1), null);
    assertThat(budget.rate()).isCloseTo(2, within(0.1));
    for (int i = 2; i < 10; i++) {
      budget.throttled(START.plusSeconds(i), null);
    }
    assertThat(budget.rate()).isEqualTo(1);
  }

  @Test
  void withoutALimitBeingThrottledFindsOne() {
    var budget = new Budget(null);
    for (int i = 0; i < 100; i++) {
      budget.accepted(START);
    }
    budget.throttled(START, null);
    assertThat(budget.rate()).isEqualTo(95);
  }

  @Test
  void aCutRateClimbsByOnePercentASecondUpToTheLimit() {
    var budget = new Budget(80);
    budget.throttled(START, null);
    budget.nextTime(START);
    budget.nextTime(START.plusSeconds(10));
    assertThat(budget.rate()).isCloseTo(40 * Math.pow(1.01, 10), within(0.01));
    budget.nextTime(START.plusSeconds(600));
    assertThat(budget.rate()).isEqualTo(80);
  }

  @Test
  void nothingStartsBeforeTheTimeThatTheProviderNamed() {
    var budget = new Budget(80);
    Instant until = START.plusSeconds(7);
    budget.throttled(START, until);
    budget.throttled(START, START.plusSeconds(3));
    assertThat(budget.tryTake(until.minusMillis(1))).isFalse();
    assertThat(budget.nextTime(START)).isEqualTo(until);
    assertThat(budget.tryTake(until)).isTrue();
  }

  @Test
  void anotherLimitHoldsAtOnceAndLeavesACutRateCut() {
    var budget = new Budget(80);
    budget.limit(10);
    assertThat(budget.rate()).isEqualTo(10);
    DispatcherTest.assertKept(starts(budget, START, 50), 10, Duration.ofSeconds(1));
    budget.limit(null);
    assertThat(starts(budget, START.plusSeconds(60), 1_000)).hasSize(1_000);
    var cut = new Budget(80);
    cut.throttled(START, null);
    cut.limit(160);
    assertThat(cut.rate()).isEqualTo(40);
  }

  @Test
  void aClockThatIsSetBackStopsNothing() {
    var budget = new Budget(10);
    starts(budget, START, 20);
    Instant earlier = START.minusSeconds(3_600);
    assertThat(budget.nextTime(earlier)).isBefore(earlier.plusSeconds(1));
    assertThat(starts(budget, earlier, 20).getLast()).isBefore(earlier.plusSeconds(3));
    budget.throttled(START, null);
    double before = budget.rate();
    budget.throttled(earlier.plusSeconds(5), null);
    assertThat(budget.rate()).isLessThan(before);
  }
}
