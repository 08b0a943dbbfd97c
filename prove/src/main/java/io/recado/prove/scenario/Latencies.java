package io.recado.prove.scenario;

import io.recado.prove.ledger.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Predicate;

/// How long after an event the first attempt to tell it was there.
record Latencies(long[] sortedMillis) {

  /// @param which of the deliveries; only first attempts count
  static Latencies of(Collection<Delivery> deliveries, Predicate<Delivery> which) {
    return new Latencies(
        deliveries.stream()
            .filter(each -> each.attempt() == 1 && each.event() != null && which.test(each))
            .mapToLong(each -> Duration.between(each.event().time(), each.arrival()).toMillis())
            .sorted()
            .toArray());
  }

  static Predicate<Delivery> arrived(Instant from, Instant to) {
    return each -> !each.arrival().isBefore(from) && each.arrival().isBefore(to);
  }

  int count() {
    return sortedMillis.length;
  }

  /// The one that so many of a hundred do not exceed, in ms; 0 when there is none.
  long percentile(int percent) {
    return sortedMillis.length == 0 ? 0 : sortedMillis[(sortedMillis.length - 1) * percent / 100];
  }

  @Override
  public String toString() {
    return "%,d ms in the middle, 99 of 100 within %,d ms"
        .formatted(percentile(50), percentile(99));
  }
}
