package io.recado.message;

import io.recado.connector.Reason;
import io.recado.journal.Reads;
import io.recado.message.ConversationOutbox.Standing;
import io.recado.message.OutboxRow.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What else there is that a message waits for, as any node can read it.
final class WaitStore {

  private static final String THROTTLED =
      """
      SELECT MAX(due_time) FROM (
        SELECT due_time, state, wait_reason FROM outbox
        WHERE workspace_key = ? AND channel_key = ? ORDER BY message_id LIMIT ?) AS oldest
      WHERE state = 'WAITING' AND wait_reason = ? AND due_time > ?\
      """;
  private static final Set<State> TO_BE_SENT = EnumSet.of(State.WAITING, State.IN_FLIGHT);
  private static final int LOOK_BACK = 10_000;

  private WaitStore() {}

  /// Which of the last 10,000 messages before one in its conversation hold it up.
  static Ahead ahead(Reads reads, Message message) {
    List<Standing> rows =
        ConversationOutbox.of(reads, message.workspace(), message.channel(), message.conversation())
            .between(message.seq() - LOOK_BACK, message.seq() - 1);
    return new Ahead(
        rows.stream().filter(row -> TO_BE_SENT.contains(row.state())).count(),
        rows.stream()
            .filter(row -> row.state() == State.IN_DOUBT)
            .map(Standing::dueTime)
            .max(Comparator.naturalOrder())
            .orElse(null));
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
