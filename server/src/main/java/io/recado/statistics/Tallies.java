package io.recado.statistics;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What has been counted of a workspace's events and is not stored yet. For one thread.
final class Tallies {

  /// In place of a channel: all of them together, those included that are deleted later.
  static final long ALL_CHANNELS = 0;

  private static final Comparator<Key> ORDER =
      Comparator.comparingLong(Key::channel)
          .thenComparing(Key::hour)
          .thenComparing(Key::measure)
          .thenComparing(Key::label);

  // In the order of the table's key, so that two nodes take its rows in the same one.
  private final Map<Key, Long> counts = new TreeMap<>(ORDER);

  /// Counts what happened within an hour, however late it is heard of.
  ///
  /// @param hour when it began
  /// @param label the reason or bucket; empty when the measure has none
  void add(long channel, Instant hour, Measure measure, String label, long count) {
    counts.merge(new Key(channel, hour, measure, label), count, Long::sum);
    counts.merge(new Key(ALL_CHANNELS, hour, measure, label), count, Long::sum);
  }

  /// How many counts there are: rows to be written.
  int size() {
    return counts.size();
  }

  List<Tally> all() {
    return counts.entrySet().stream()
        .map(entry -> new Tally(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// What is counted by itself.
  ///
  /// @param channel its key, or [#ALL_CHANNELS]
  /// @param hour when the hour began
  record Key(long channel, Instant hour, Measure measure, String label) {}

  /// How often it was counted.
  record Tally(Key key, long count) {}
}
