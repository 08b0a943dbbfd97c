package io.recado.dispatch;

import io.recado.channel.Channel;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import java.time.Instant;

/// At start: the attempts of an earlier life that were under way when it ended may have been
/// accepted, so they are in doubt from now on. Older doubts begin anew: no receipt could settle
/// them while nobody listened.
public record RecoverAttempts(Channel channel, Instant now) implements Write<Integer> {

  private static final String DOUBT =
      """
      UPDATE outbox SET state = 'IN_DOUBT', due_time = ?
      WHERE workspace_key = ? AND channel_key = ? AND state IN ('IN_FLIGHT', 'IN_DOUBT')\
      """;
  private static final String NOTE =
      """
      INSERT INTO attempt (workspace_key, message_id, piece, attempt, start_time, end_time, outcome,
        http_status)
      SELECT workspace_key, message_id, piece, attempt, attempt_time, ?, 'IN_DOUBT', 0 FROM outbox
      WHERE workspace_key = ? AND channel_key = ? AND state = 'IN_FLIGHT'
      ON CONFLICT DO NOTHING\
      """;

  @Override
  public long workspace() {
    return channel.workspace();
  }

  @Override
  public long lane() {
    return channel.key();
  }

  /// How many are in doubt.
  @Override
  public Integer apply(Tx tx) {
    tx.update(NOTE, binds -> binds.time(now).number(channel.workspace()).number(channel.key()));
    return tx.update(
        DOUBT,
        binds ->
            binds
                .time(now.plus(channel.inDoubt().window()))
                .number(channel.workspace())
                .number(channel.key()));
  }
}
