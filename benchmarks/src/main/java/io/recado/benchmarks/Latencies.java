package io.recado.benchmarks;

import java.util.Arrays;

/// How long requests took, one by one.
final class Latencies {

  private long[] nanos = new long[1 << 16];
  private int count;

  void add(long value) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = value;
  }

  void addAll(Latencies other) {
    for (int i = 0; i < other.count; i++) {
      add(other.nanos[i]);
    }
  }

  int count() {
    return count;
  }

  /// The time within which this part of the requests was answered; 0.5 gives the median.
  double millis(double part) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return count == 0 ? 0 : sorted[Math.min(count - 1, (int) (part * count))] / 1e6;
  }
}
