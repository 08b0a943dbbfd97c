package io.recado.statistics;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// How long something took, many times over: counts by buckets of milliseconds.
///
/// A bucket is never wider than half of its lower bound, so an estimate is at most that far off,
/// and usually far less. Up to 20 ms each millisecond has its own; then ten times as long goes by
/// steps ten times as wide.
final class Histogram {

  private static final long FINE_MILLIS = 20;

  /// About 23 days; what takes longer counts as this.
  private static final long MAX_MILLIS = 2_000_000_000L;

  private final NavigableMap<Long, Long> counts = new TreeMap<>();

  /// The lower bound of the bucket that holds a duration.
  ///
  /// @param millis below 0 counts as 0: the clock was set back meanwhile
  static long bucket(long millis) {
    long held = Math.clamp(millis, 0, MAX_MILLIS);
    return held - held % width(held);
  }

  private static long width(long millis) {
    long width = 1;
    while (millis >= width * FINE_MILLIS) {
      width *= 10;
    }
    return width;
  }

  /// Adds durations of one bucket.
  ///
  /// @param bucket its lower bound
  void add(long bucket, long count) {
    counts.merge(bucket, count, Long::sum);
  }

  long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /// The milliseconds that a share of all stayed below, as if those of a bucket were spread evenly
  /// over it.
  ///
  /// @param share above 0, at most 1
  /// @throws IllegalStateException when there are none
  long quantile(double share) {
    double rank = share * count();
    long below = 0;
    for (Map.Entry<Long, Long> bucket : counts.entrySet()) {
      if (below + bucket.getValue() >= rank) {
        double part = (rank - below) / bucket.getValue();
        return Math.round(bucket.getKey() + part * width(bucket.getKey()));
      }
      below += bucket.getValue();
    }
    throw new IllegalStateException("a histogram without durations has no quantile");
  }
}
