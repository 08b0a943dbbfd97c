package io.recado.dispatch;

import io.recado.channel.Channel.InDoubt;
import io.recado.journal.Tx;
import io.recado.message.MessageStates;
import io.recado.message.MessageStatus;
import io.recado.message.OutboxRow;
import io.recado.message.Queued;
import java.time.Instant;

/// Decides, by the channel's policy, about a message for whose receipt was waited long enough.
public record DecideDoubt(Queued queued, InDoubt inDoubt, Instant now)
    implements QueuedWrite<Next> {

  @Override
  public Next apply(Tx tx) {
    MessageStates.Entry entry = MessageStates.find(tx, queued.id()).orElse(null);
    OutboxRow row = entry == null ? null : entry.outbox();
    if (row == null
        || row.state() != queued.outbox().state()
        || row.attempt() != queued.outbox().attempt()) {
      return new Next.Settled();
    }
    Next next = RetrySchedule.afterDoubt(row, inDoubt, now);
    if (next instanceof Next.Again(var again)) {
      entry.outbox(tx, again);
    } else if (next instanceof Next.Failed(var failure)) {
      entry.report(tx, MessageStatus.FAILED, failure, now);
      entry.outbox(tx, null);
    }
    return next;
  }
}
