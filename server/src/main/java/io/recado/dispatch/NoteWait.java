package io.recado.dispatch;

import io.recado.journal.Tx;
import io.recado.message.MessageStates;
import io.recado.message.OutboxRow;
import io.recado.message.Queued;

/// Writes down why a message waits and until when, so that any node can tell it; changes nothing
/// once it does not wait any more.
///
/// @param queued with the row that says so
public record NoteWait(Queued queued) implements QueuedWrite<Boolean> {

  /// Whether it still waits.
  @Override
  public Boolean apply(Tx tx) {
    MessageStates.Entry entry = MessageStates.find(tx, queued.id()).orElse(null);
    OutboxRow row = entry == null ? null : entry.outbox();
    OutboxRow noted = queued.outbox();
    if (row == null || row.state() != OutboxRow.State.WAITING || row.attempt() != noted.attempt()) {
      return false;
    }
    entry.outbox(
        tx, row.waiting(row.spent(), row.throttled(), noted.dueTime(), noted.waitReason()));
    return true;
  }
}
