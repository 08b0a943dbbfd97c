package io.recado.message;

import io.recado.connector.Reason;
import io.recado.journal.Reads;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What else there is that a message waits for, as any node can read it.
final class WaitStore {

  private static final String AHEAD =
      """
      SELECT COALESCE(SUM(CASE WHEN o.state IN ('WAITING', 'IN_FLIGHT') THEN 1 ELSE 0 END), 0),
        MAX(CASE WHEN o.state = 'IN_DOUBT' THEN o.due_time END)
      FROM message m
      JOIN outbox o ON o.workspace_key = m.workspace_key AND o.channel_key = m.channel_key
        AND o.message_id = m.id
      WHERE m.workspace_key = ? AND m.conversation_key = ? AND m.seq >= ? AND m.seq < ?\
      """;
  private static final String THROTTLED =
      """
      SELECT MAX(due_time) FROM (
        SELECT due_time, state, wait_reason FROM outbox
        WHERE workspace_key = ? AND channel_key = ? ORDER BY message_id LIMIT ?) AS oldest
      WHERE state = 'WAITING' AND wait_reason = ? AND due_time > ?\
      """;
  private static final int LOOK_BACK = 10_000;

  private WaitStore() {}

  /// Which of the last 10,000 messages before one in its conversation hold it up.
  static Ahead ahead(Reads reads, Message message) {
    return reads
        .query(
            AHEAD,
            binds ->
                binds
                    .number(message.workspace())
                    .number(message.conversation())
                    .number(message.seq() - LOOK_BACK)
                    .number(message.seq()),
            row -> new Ahead(row.number(), row.timeOrNull()))
        .getFirst();
  }

  /// Until when those of the channel's 10,000 oldest unfinished messages wait that the provider
  /// refused because of too many; null when there are none.
  static @Nullable Instant throttledUntil(Reads reads, long workspace, long channel, Instant now) {
    return reads
        .query(
            THROTTLED,
            binds ->
                binds
                    .number(workspace)
                    .number(channel)
                    .number(LOOK_BACK)
                    .name(Reason.THROTTLED)
                    .time(now),
            row -> new Ahead(0, row.timeOrNull()))
        .getFirst()
        .doubt();
  }

  /// What stands before a message in its conversation.
  ///
  /// @param messages to be sent before it, or on their way
  /// @param doubt when the last doubt before it is decided; null when there is none
  record Ahead(long messages, @Nullable Instant doubt) {}
}
