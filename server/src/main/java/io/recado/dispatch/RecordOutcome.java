package io.recado.dispatch;

import io.recado.connector.Content;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.conversation.Identifiers;
import io.recado.journal.Tx;
import io.recado.message.Attempts;
import io.recado.message.Attempts.Attempt;
import io.recado.message.Attempts.Outcome;
import io.recado.message.Message.Direction;
import io.recado.message.MessageStates;
import io.recado.message.MessageStatus;
import io.recado.message.OutboxRow;
import io.recado.message.Pieces;
import io.recado.message.ProviderNames;
import io.recado.message.Queued;
import io.recado.message.Receipts;
import io.recado.message.Receipts.Named;
import io.recado.message.Receipts.Receipt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records what came of an attempt: its row in the timeline, the status, and what is to be done
/// next.
///
/// Conditional on the attempt's number. When the message was settled meanwhile, by a receipt that
/// overtook the answer, an acceptance is still evidence; nothing else is.
///
/// @param queued with the row of this attempt
/// @param next what the retry schedule decided
public record RecordOutcome(Queued queued, SendOutcome outcome, Next next, Instant now)
    implements QueuedWrite<Next> {

  @Override
  public void prepare(Tx tx) {
    QueuedWrite.super.prepare(tx);
    if (outcome instanceof SendOutcome.Accepted accepted) {
      ProviderNames.want(tx, queued.workspace(), queued.channel(), accepted.providerMessageId());
    }
  }

  @Override
  public Next apply(Tx tx) {
    MessageStates.Entry entry = MessageStates.find(tx, queued.id()).orElse(null);
    if (entry == null) {
      return new Next.Settled();
    }
    Attempts.add(tx, queued.workspace(), queued.id(), attempt());
    OutboxRow row = entry.outbox();
    boolean isOurs =
        row != null
            && row.state() == OutboxRow.State.IN_FLIGHT
            && row.attempt() == queued.outbox().attempt();
    Next settled = isOurs ? settle(tx, entry) : new Next.Settled();
    if (outcome instanceof SendOutcome.Accepted accepted) {
      accepted(tx, entry, accepted);
    }
    return settled instanceof Next.Awaited ? afterReceipts(entry, settled) : settled;
  }

  /// Receipts that overtook the answer may have brought what it says to wait for.
  private static Next afterReceipts(MessageStates.Entry entry, Next awaited) {
    OutboxRow row = entry.outbox();
    if (row == null) {
      return new Next.Settled();
    }
    return row.state() == OutboxRow.State.WAITING ? new Next.Again(row) : awaited;
  }

  private Next settle(Tx tx, MessageStates.Entry entry) {
    return switch (next) {
      case Next.Failed(var failure) when canFallBack(failure.reason()) -> {
        entry.useFallback(tx, queued.fallback());
        OutboxRow again = queued.outbox().waiting(queued.outbox().spent(), 0, now, null);
        entry.outbox(tx, again);
        yield new Next.FallBack(again);
      }
      case Next.Failed(var failure) -> {
        entry.report(tx, MessageStatus.FAILED, failure, now);
        entry.outbox(tx, null);
        yield next;
      }
      case Next.Again(var row) -> {
        entry.outbox(tx, row);
        yield next;
      }
      case Next.FallBack(var row) -> {
        entry.outbox(tx, row);
        yield next;
      }
      case Next.Awaited(var row) -> {
        entry.outbox(tx, row);
        yield next;
      }
      case Next.Sent _, Next.Settled _, Next.Behind _ -> {
        entry.outbox(tx, null);
        yield next;
      }
    };
  }

  /// The provider's clock may see the window closed a moment before ours does.
  private boolean canFallBack(Reason reason) {
    return reason == Reason.SERVICE_WINDOW_CLOSED
        && queued.fallback() != null
        && queued.outbox().piece() == 0
        && !(queued.content() instanceof Content.Template);
  }

  private void accepted(Tx tx, MessageStates.Entry entry, SendOutcome.Accepted accepted) {
    String name = accepted.providerMessageId();
    int piece = queued.outbox().piece();
    var named = new Named(queued.id(), queued.conversation(), Direction.OUTBOUND, piece);
    if (piece == 0) {
      entry.providerMessageId(tx, name);
    }
    List<Receipt> early = ProviderNames.give(tx, queued.workspace(), queued.channel(), name, named);
    if (!accepted.held()) {
      // A receipt that overtook the answer proves that it had been accepted by then.
      Instant time = early.isEmpty() ? now : early.getFirst().time();
      if (entry.pieces() > 1) {
        Pieces.report(tx, queued.workspace(), entry, time);
      } else {
        entry.report(tx, MessageStatus.SENT, null, time);
      }
    }
    early.forEach(receipt -> Receipts.apply(tx, queued.workspace(), named, entry, receipt));
    if (accepted.recipientId() != null) {
      Identifiers.add(
          tx,
          queued.workspace(),
          queued.channel(),
          queued.conversation(),
          accepted.recipientId(),
          now);
    }
  }

  private Attempt attempt() {
    OutboxRow row = queued.outbox();
    Instant start = row.attemptTime() == null ? now : row.attemptTime();
    return new Attempt(row.piece(), row.attempt(), start, now, kind(), reason(), outcome.answer());
  }

  private Outcome kind() {
    return switch (outcome) {
      case SendOutcome.Accepted accepted -> accepted.held() ? Outcome.HELD : Outcome.ACCEPTED;
      case SendOutcome.Refused _ -> Outcome.REFUSED;
      case SendOutcome.RetryLater _ -> Outcome.RETRY_LATER;
      case SendOutcome.Throttled _ -> Outcome.THROTTLED;
      case SendOutcome.ChannelBroken _ -> Outcome.CHANNEL_BROKEN;
      case SendOutcome.InDoubt _ -> Outcome.IN_DOUBT;
    };
  }

  private @Nullable Reason reason() {
    return switch (outcome) {
      case SendOutcome.Refused refused -> refused.reason();
      case SendOutcome.RetryLater later -> later.reason();
      case SendOutcome.ChannelBroken broken -> broken.reason();
      case SendOutcome.Throttled _ -> Reason.THROTTLED;
      case SendOutcome.Accepted _, SendOutcome.InDoubt _ -> null;
    };
  }
}
