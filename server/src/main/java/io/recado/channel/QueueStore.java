package io.recado.channel;

import io.recado.journal.Reads;
import io.recado.journal.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts a channel's rows of the outbox.
final class QueueStore {

  /// Beyond that many rows nothing is counted, so that asking costs some tens of milliseconds at
  /// the most. The oldest rows are counted first.
  static final int MAX_COUNTED = 100_000;

  static final String COUNT =
      """
      SELECT state, COUNT(*) FROM (
        SELECT state FROM outbox WHERE workspace_key = ? AND channel_key = ?
        ORDER BY message_id LIMIT ?) AS counted
      WHERE state IN ('WAITING', 'IN_FLIGHT') GROUP BY state\
      """;

  /// What waits for something else than its turn may be younger than all that are counted above. By
  /// its index alone, which knows no workspaces; a channel has one. The states word for word as in
  /// the index, or SQLite does not use it.
  static final String COUNT_ASIDE =
      """
      SELECT state, COUNT(*) FROM (
        SELECT state FROM outbox WHERE channel_key = ?
          AND (state = 'SCHEDULED' OR state = 'IN_DOUBT' OR state = 'HELD')
        LIMIT ?) AS counted
      GROUP BY state\
      """;

  static final String OLDEST =
      """
      SELECT message_id FROM outbox
      WHERE workspace_key = ? AND channel_key = ? AND state <> 'SCHEDULED'
      ORDER BY message_id LIMIT 1\
      """;

  private QueueStore() {}

  static QueueFigures count(Reads reads, Channel channel) {
    Map<String, Long> counts = new HashMap<>();
    reads.query(
        COUNT,
        binds -> binds.number(channel.workspace()).number(channel.key()).number(MAX_COUNTED),
        row -> counts.put(row.text(), row.number()));
    reads.query(
        COUNT_ASIDE,
        binds -> binds.number(channel.key()).number(MAX_COUNTED),
        row -> counts.put(row.text(), row.number()));
    return new QueueFigures(
        counts.getOrDefault("WAITING", 0L) + counts.getOrDefault("HELD", 0L),
        counts.getOrDefault("SCHEDULED", 0L),
        counts.getOrDefault("IN_FLIGHT", 0L),
        counts.getOrDefault("IN_DOUBT", 0L),
        counts.isEmpty() ? null : oldest(reads, channel));
  }

  /// A message's id begins with the second in which it was made. What is scheduled waits as it
  /// should.
  private static @Nullable Instant oldest(Reads reads, Channel channel) {
    return reads
        .find(OLDEST, binds -> binds.number(channel.workspace()).number(channel.key()), Row::id)
        .map(id -> Instant.ofEpochSecond(id.high() >>> 32))
        .orElse(null);
  }
}
