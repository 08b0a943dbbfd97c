package io.recado.dispatch;

import io.recado.channel.Channel.InDoubt;
import io.recado.connector.Content;
import io.recado.connector.Reason;
import io.recado.conversation.ConversationStates;
import io.recado.conversation.ServiceWindow;
import io.recado.dispatch.StartAttempt.Start;
import io.recado.journal.Tx;
import io.recado.message.ConversationOutbox;
import io.recado.message.Failure;
import io.recado.message.MessageStates;
import io.recado.message.MessageStatus;
import io.recado.message.OutboxRow;
import io.recado.message.Queued;
import java.time.Instant;

/// Makes an attempt durable before the provider is called, if the message may still be sent.
///
/// Conditional on the number of the last attempt: whoever comes second, by a mistake or from
/// another life of the process, starts nothing.
///
/// @param checkPrevious whether the database must say that the message before it is finished
/// @param inDoubt how long a message in doubt holds its conversation
/// @param pieces how many network calls its content needs
public record StartAttempt(
    Queued queued,
    boolean checkPrevious,
    ServiceWindow window,
    InDoubt inDoubt,
    int pieces,
    Instant now)
    implements QueuedWrite<Start> {

  @Override
  public Start apply(Tx tx) {
    MessageStates.Entry entry = MessageStates.find(tx, queued.id()).orElse(null);
    OutboxRow row = entry == null ? null : entry.outbox();
    if (row == null
        || row.state() != OutboxRow.State.WAITING
        || row.attempt() != queued.outbox().attempt()) {
      return new Start.Not(new Next.Settled());
    }
    if (checkPrevious && isBehind(tx, row)) {
      return new Start.Not(new Next.Behind());
    }
    if (!now.isBefore(row.expireTime())) {
      return giveUp(tx, entry, Reason.EXPIRED);
    }
    Content content = queued.content();
    if (!(content instanceof Content.Template) && isWindowClosed(tx)) {
      if (queued.fallback() == null || row.piece() > 0) {
        return giveUp(tx, entry, Reason.SERVICE_WINDOW_CLOSED);
      }
      entry.useFallback(tx, queued.fallback());
      content = queued.fallback();
    } else if (entry.pieces() != pieces) {
      entry.pieces(tx, pieces);
    }
    OutboxRow started = row.started(now);
    entry.outbox(tx, started);
    return new Start.Started(queued.sending(content, started));
  }

  private boolean isBehind(Tx tx, OutboxRow row) {
    // A doubt that is decided by then holds the conversation no longer, unless it may be sent
    // again.
    Instant decided =
        inDoubt.policy() == InDoubt.Policy.RESEND
            ? Instant.EPOCH
            : now.plus(inDoubt.window()).minus(inDoubt.laneHold());
    return ConversationOutbox.of(tx, queued.workspace(), queued.channel(), queued.conversation())
        .isUnfinished(row.previousSeq(), decided);
  }

  private boolean isWindowClosed(Tx tx) {
    return ConversationStates.find(tx, queued.conversation())
        .map(state -> !window.isOpen(state.lastInboundTime(), now))
        .orElse(false);
  }

  private Start giveUp(Tx tx, MessageStates.Entry entry, Reason reason) {
    Failure failure = Failure.of(reason);
    entry.report(tx, MessageStatus.FAILED, failure, now);
    entry.outbox(tx, null);
    return new Start.Not(new Next.Failed(failure));
  }

  /// Whether the provider is to be called.
  public sealed interface Start {

    /// The attempt is durable: call.
    ///
    /// @param queued with the content to send and the row of this attempt
    record Started(Queued queued) implements Start {}

    /// No call is made.
    record Not(Next next) implements Start {}
  }
}
