package io.recado.emulator.message;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Many token buckets, one per key, each kept as the one moment at which it will be full again.
///
/// Buckets that are full are forgotten from time to time, so that there are only as many as are in
/// use.
final class TokenBuckets<K> {
  private static final int SWEEP_EVERY = 10_000;

  private final Map<K, Double> fullAt = new ConcurrentHashMap<>();
  private final AtomicInteger sinceSweep = new AtomicInteger();

  /// Takes a token if there is one.
  ///
  /// @param capacity tokens of a full bucket
  /// @param millisPerToken how long one token takes to come back
  boolean take(K key, long nowMillis, int capacity, double millisPerToken) {
    sweep(nowMillis);
    boolean[] taken = new boolean[1];
    fullAt.compute(
        key,
        (_, full) -> {
          double from = full == null ? nowMillis : Math.max(full, nowMillis);
          taken[0] = from + millisPerToken - nowMillis <= capacity * millisPerToken + 1e-6;
          return taken[0] ? Double.valueOf(from + millisPerToken) : full;
        });
    return taken[0];
  }

  int size() {
    return fullAt.size();
  }

  private void sweep(long nowMillis) {
    if (sinceSweep.incrementAndGet() >= SWEEP_EVERY) {
      sinceSweep.set(0);
      fullAt.values().removeIf(full -> full <= nowMillis);
    }
  }
}
