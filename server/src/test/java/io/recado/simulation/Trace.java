package io.recado.simulation;

import java.util.Objects;

/// The last events of a world, formatted only when they are wanted, and a hash of all of them.
final class Trace {

  private static final int KEPT = Integer.getInteger("sim.events", 200);

  private final Entry[] entries = new Entry[KEPT];
  private int count;
  private long hash;

  void add(long micros, String what, Object... values) {
    entries[count++ % KEPT] = new Entry(micros, what, values);
    hash = hash * 31 + micros;
    for (Object value : values) {
      hash = hash * 31 + Objects.toString(value).hashCode();
    }
    hash = hash * 31 + what.hashCode();
  }

  long hash() {
    return hash;
  }

  /// One line for each.
  String last() {
    var lines = new StringBuilder();
    for (int i = Math.max(0, count - KEPT); i < count; i++) {
      lines.append(entries[i % KEPT]).append('\n');
    }
    return lines.toString();
  }

  private record Entry(long micros, String what, Object[] values) {
    @Override
    public String toString() {
      return "%11.6f %s".formatted(micros / 1e6, what.formatted(values));
    }
  }
}
