package io.recado.channel;

import io.recado.journal.Id;
import io.recado.journal.Reads;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts a channel's rows of the outbox.
final class QueueStore {

  /// Beyond that many rows nothing is counted, so that asking costs a few milliseconds at the most.
  /// The oldest rows are counted first; those in flight and in doubt are among them.
  static final int MAX_COUNTED = 10_000;

  static final String COUNT =
      """
      SELECT state, COUNT(*) FROM (
        SELECT state FROM outbox WHERE workspace_key = ? AND channel_key = ?
        ORDER BY message_id LIMIT ?) AS counted
      GROUP BY state\
      """;
  static final String OLDEST =
      """
      SELECT message_id FROM outbox WHERE workspace_key = ? AND channel_key = ?
      ORDER BY message_id LIMIT 1\
      """;

  private QueueStore() {}

  static ChannelQueue count(Reads reads, Channel channel) {
    Map<String, Long> counts = new HashMap<>();
    reads.query(
        COUNT,
        binds -> binds.number(channel.workspace()).number(channel.key()).number(MAX_COUNTED),
        row -> counts.put(row.text(), row.number()));
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    long inFlight = counts.getOrDefault("IN_FLIGHT", 0L);
    long inDoubt = counts.getOrDefault("IN_DOUBT", 0L);
    Instant oldest = all == 0 ? null : oldest(reads, channel);
    return new ChannelQueue(all - inFlight - inDoubt, inFlight, inDoubt, oldest);
  }

  /// Whether anything is still to be handed over.
  static boolean isEmpty(Reads reads, Channel channel) {
    return oldest(reads, channel) == null;
  }

  /// A message's id begins with the second in which it was made.
  private static @Nullable Instant oldest(Reads reads, Channel channel) {
    return reads
        .find(
            OLDEST,
            binds -> binds.number(channel.workspace()).number(channel.key()),
            row -> row.id())
        .map(QueueStore::time)
        .orElse(null);
  }

  private static Instant time(Id id) {
    return Instant.ofEpochSecond(id.high() >>> 32);
  }
}
