package io.recado.channel;

import io.recado.channel.Channel.State;
import io.recado.journal.Tx;
import java.time.Instant;

/// The time in which a channel does not send by its operator's will does not count against its
/// messages' time to live.
final class PausedTime {

  private static final String BEGIN =
      "UPDATE channel SET paused_time = ? WHERE workspace_key = ? AND channel_key = ?";
  private static final String END =
      "UPDATE channel SET paused_time = NULL WHERE workspace_key = ? AND channel_key = ?";

  /// A message that was accepted meanwhile, or whose time came meanwhile, has waited since then
  /// only.
  private static final String EXTEND =
      """
      UPDATE outbox SET expire_time = expire_time + (
        SELECT CASE WHEN COALESCE(m.send_time, m.create_time) > c.paused_time
          THEN ? - COALESCE(m.send_time, m.create_time)
          ELSE ? - c.paused_time END
        FROM message m, channel c
        WHERE m.workspace_key = outbox.workspace_key AND m.id = outbox.message_id
          AND c.workspace_key = outbox.workspace_key AND c.channel_key = outbox.channel_key)
      WHERE workspace_key = ? AND channel_key = ? AND state <> 'SCHEDULED' AND EXISTS (
        SELECT 1 FROM channel p
        WHERE p.workspace_key = outbox.workspace_key AND p.channel_key = outbox.channel_key
          AND p.paused_time IS NOT NULL)\
      """;

  private PausedTime() {}

  /// Notes a change of state, in the transaction that makes it.
  static void note(Tx tx, Channel before, Channel after, Instant now) {
    boolean ran = before.state() == State.ACTIVE;
    boolean runs = after.state() == State.ACTIVE;
    if (ran && !runs) {
      tx.update(BEGIN, binds -> binds.time(now).number(after.workspace()).number(after.key()));
    } else if (!ran && runs) {
      tx.update(
          EXTEND, binds -> binds.time(now).time(now).number(after.workspace()).number(after.key()));
      tx.update(END, binds -> binds.number(after.workspace()).number(after.key()));
    }
  }
}
