package io.recado.inbound;

import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.Reason;
import io.recado.inbound.ApplyReceipt.Applied;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.message.Message.Direction;
import io.recado.message.MessageStates;
import io.recado.message.OutboxRow;
import io.recado.message.ProviderNames;
import io.recado.message.Queued;
import io.recado.message.Receipts;
import io.recado.message.Receipts.Named;
import io.recado.message.Receipts.Receipt;
import io.recado.message.Settled;
import java.util.Optional;
import java.util.function.Consumer;

/// Applies a receipt to its message, or keeps it until the message is known.
///
/// @param message the message that it was found to be about
/// @param attempt the attempt that it reports about; 0 when unknown
/// @param told of the message once it is durable what is still to be done for it
public record ApplyReceipt(
    long workspace,
    long channel,
    long conversation,
    Id message,
    String providerMessageId,
    int attempt,
    Receipt receipt,
    Told told)
    implements Write<Applied> {

  @Override
  public long lane() {
    return channel;
  }

  @Override
  public void prepare(Tx tx) {
    MessageStates.want(tx, workspace, conversation, message);
    ProviderNames.want(tx, workspace, channel, providerMessageId);
  }

  @Override
  public Applied apply(Tx tx) {
    MessageStates.Entry entry = MessageStates.find(tx, message).orElse(null);
    if (entry == null) {
      return Applied.UNKNOWN;
    }
    if (isSuperseded(entry)) {
      Receipts.note(tx, workspace, message, receipt);
      return Applied.KNOWN;
    }
    Optional<Queued> fallback =
        isWindowClosed() ? entry.fallBack(tx, receipt.time()) : Optional.empty();
    if (fallback.isPresent()) {
      Receipts.note(tx, workspace, message, receipt);
      tx.afterCommit(() -> told.returned().accept(fallback.get()));
      return Applied.KNOWN;
    }
    boolean wasOpen = entry.outbox() != null;
    if (entry.providerMessageId() == null) {
      entry.providerMessageId(tx, providerMessageId);
    }
    var named = new Named(message, conversation, Direction.OUTBOUND);
    boolean changed = false;
    for (Receipt early : ProviderNames.give(tx, workspace, channel, providerMessageId, named)) {
      changed |= Receipts.apply(tx, workspace, message, entry, early);
    }
    changed |= Receipts.apply(tx, workspace, message, entry, receipt);
    if (wasOpen) {
      tx.afterCommit(() -> told.settled().settled(channel, conversation, message));
    }
    return changed ? Applied.CHANGED : Applied.KNOWN;
  }

  /// A failure of an attempt after which another was started, or is about to be, says nothing about
  /// that one, nor about the message once that one was accepted.
  private boolean isSuperseded(MessageStates.Entry entry) {
    if (receipt.status() != ReceiptStatus.FAILED) {
      return false;
    }
    String name = entry.providerMessageId();
    OutboxRow row = entry.outbox();
    return row == null
        ? name != null && !name.equals(providerMessageId)
        : attempt > 0 && (row.attempt() > attempt || row.state() == OutboxRow.State.WAITING);
  }

  private boolean isWindowClosed() {
    return receipt.failure() != null && receipt.failure().reason() == Reason.SERVICE_WINDOW_CLOSED;
  }

  /// Whoever dispatches messages.
  ///
  /// @param settled told that nothing more is to be done for a message
  /// @param returned told that a message is to be sent after all
  public record Told(Settled settled, Consumer<Queued> returned) {}

  /// What came of it.
  public enum Applied {
    /// The status moved.
    CHANGED,
    /// The message was there or further already.
    KNOWN,
    /// There is no such message.
    UNKNOWN
  }
}
