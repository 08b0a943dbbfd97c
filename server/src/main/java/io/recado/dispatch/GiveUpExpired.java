package io.recado.dispatch;

import io.recado.channel.Channel;
import io.recado.connector.Reason;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.message.Failure;
import io.recado.message.MessageStates;
import io.recado.message.MessageStatus;
import io.recado.message.Outbox.Expired;
import io.recado.message.OutboxRow;
import io.recado.message.Settled;
import java.time.Instant;

/// Gives up a message whose time to live has ended while it waited.
///
/// @param told of it once that is durable
record GiveUpExpired(Channel channel, Expired expired, Instant now, Settled told)
    implements Write<Boolean> {

  @Override
  public long workspace() {
    return channel.workspace();
  }

  @Override
  public long lane() {
    return channel.key();
  }

  @Override
  public void prepare(Tx tx) {
    MessageStates.want(tx, workspace(), expired.conversation(), expired.message());
  }

  /// Whether it was still waiting.
  @Override
  public Boolean apply(Tx tx) {
    MessageStates.Entry entry = MessageStates.find(tx, expired.message()).orElse(null);
    OutboxRow row = entry == null ? null : entry.outbox();
    if (row == null || row.state() != OutboxRow.State.WAITING || now.isBefore(row.expireTime())) {
      return false;
    }
    entry.report(tx, MessageStatus.FAILED, Failure.of(Reason.EXPIRED), now);
    entry.withdraw(tx);
    tx.afterCommit(() -> told.settled(channel.key(), expired.conversation(), expired.message()));
    return true;
  }
}
