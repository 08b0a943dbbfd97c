package io.recado.simulation;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/// Virtual time: what is to happen when. What is due at the same time happens in an order drawn
/// from the seed.
final class Agenda {

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private final RandomGenerator random;
  private long nowMicros;
  private long count;

  Agenda(RandomGenerator random) {
    this.random = random;
  }

  /// Since the world began.
  long nowMicros() {
    return nowMicros;
  }

  long nowMillis() {
    return nowMicros / 1_000;
  }

  /// How many things have happened.
  long count() {
    return count;
  }

  void after(long micros, Runnable action) {
    entries.add(new Entry(nowMicros + Math.max(0, micros), random.nextInt(), count++, action));
  }

  void after(Duration delay, Runnable action) {
    after(delay.toNanos() / 1_000, action);
  }

  /// Lets the next thing happen.
  ///
  /// @return false when there is none before that time
  boolean step(long untilMicros) {
    Entry entry = entries.peek();
    if (entry == null || entry.time > untilMicros) {
      nowMicros = Math.max(nowMicros, untilMicros);
      return false;
    }
    entries.poll();
    nowMicros = entry.time;
    entry.action.run();
    return true;
  }

  private record Entry(long time, int order, long number, Runnable action)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(time, other.time);
      if (byTime != 0) {
        return byTime;
      }
      int byOrder = Integer.compare(order, other.order);
      return byOrder != 0 ? byOrder : Long.compare(number, other.number);
    }
  }
}
