package io.recado.message;

import io.recado.conversation.ConversationStates;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Has a scheduled message join its conversation's queue, behind everything that was accepted
/// before its time had come. It moves to that place of the conversation as well, so that the
/// conversation reads in the order in which things were said.
///
/// @param handOver told of the messages of a group once they are durable
public record ReleaseScheduled(Outbox.Due due, Instant now, Consumer<List<Queued>> handOver)
    implements Write<Boolean> {

  @Override
  public long workspace() {
    return due.workspace();
  }

  @Override
  public long lane() {
    return due.channel();
  }

  @Override
  public void prepare(Tx tx) {
    MessageStates.want(tx, workspace(), due.conversation(), due.message());
  }

  /// Whether it was still waiting for its time.
  @Override
  public Boolean apply(Tx tx) {
    MessageStates.Entry entry = MessageStates.find(tx, due.message()).orElse(null);
    OutboxRow row = entry == null ? null : entry.outbox();
    if (row == null || row.state() != OutboxRow.State.SCHEDULED || now.isBefore(row.dueTime())) {
      return false;
    }
    ConversationStates.State state = ConversationStates.find(tx, due.conversation()).orElseThrow();
    long previous = state.outboundSeq();
    long seq = state.nextOutbound(due.message(), now);
    Queued queued = entry.release(tx, seq, row.released(previous, now));
    HandOver.add(tx, handOver, queued);
    return true;
  }
}
