package io.recado.inbound;

import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.Reason;
import io.recado.inbound.ApplyReceipt.Applied;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.message.MessageStates;
import io.recado.message.OutboxRow;
import io.recado.message.Pieces;
import io.recado.message.ProviderNames;
import io.recado.message.Queued;
import io.recado.message.Receipts;
import io.recado.message.Receipts.Named;
import io.recado.message.Receipts.Receipt;
import io.recado.message.Settled;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Applies a receipt to its message, or keeps it until the message is known.
///
/// @param named the message that it was found to be about
/// @param attempt the attempt that it reports about; 0 when unknown
/// @param told of the message once it is durable what is still to be done for it
public record ApplyReceipt(
    long workspace,
    long channel,
    Named named,
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
    MessageStates.want(tx, workspace, named.conversation(), named.message());
    ProviderNames.want(tx, workspace, channel, providerMessageId);
  }

  @Override
  public Applied apply(Tx tx) {
    MessageStates.Entry entry = MessageStates.find(tx, named.message()).orElse(null);
    if (entry == null) {
      return Applied.UNKNOWN;
    }
    if (isSuperseded(tx, entry)) {
      Receipts.note(tx, workspace, named, receipt);
      return Applied.KNOWN;
    }
    Optional<Queued> fallback =
        isWindowClosed() && entry.pieces() == 1
            ? entry.fallBack(tx, receipt.time())
            : Optional.empty();
    if (fallback.isPresent()) {
      Receipts.note(tx, workspace, named, receipt);
      tx.afterCommit(() -> told.returned().accept(fallback.get()));
      return Applied.KNOWN;
    }
    OutboxRow before = entry.outbox();
    if (entry.providerMessageId() == null && named.piece() == 0) {
      entry.providerMessageId(tx, providerMessageId);
    }
    boolean changed = false;
    for (Receipt early : ProviderNames.give(tx, workspace, channel, providerMessageId, named)) {
      changed |= Receipts.apply(tx, workspace, named, entry, early);
    }
    changed |= Receipts.apply(tx, workspace, named, entry, receipt);
    tell(tx, entry, before);
    return changed ? Applied.CHANGED : Applied.KNOWN;
  }

  private void tell(Tx tx, MessageStates.Entry entry, @Nullable OutboxRow before) {
    OutboxRow row = entry.outbox();
    if (before == null || before.equals(row)) {
      return;
    }
    if (row == null) {
      tx.afterCommit(() -> told.settled().settled(channel, named.conversation(), named.message()));
    } else {
      Queued nextPiece = entry.queued(tx);
      tx.afterCommit(() -> told.returned().accept(nextPiece));
    }
  }

  /// A failure of an attempt after which another was started, or is about to be, says nothing about
  /// that one, nor about the message once that one was accepted.
  private boolean isSuperseded(Tx tx, MessageStates.Entry entry) {
    if (receipt.status() != ReceiptStatus.FAILED) {
      return false;
    }
    OutboxRow row = entry.outbox();
    if (entry.pieces() > 1) {
      return attempt > 0
          && (row != null && row.piece() == named.piece() && isAnother(row)
              || Pieces.isRepeated(tx, workspace, named.message(), named.piece(), attempt));
    }
    String name = entry.providerMessageId();
    return row == null
        ? name != null && !name.equals(providerMessageId)
        : attempt > 0 && isAnother(row);
  }

  private boolean isAnother(OutboxRow row) {
    return row.attempt() > attempt || row.state() == OutboxRow.State.WAITING;
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
