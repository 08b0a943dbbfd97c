package io.recado.message;

import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.message.Receipts.OfPiece;
import io.recado.message.Receipts.Receipt;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A message whose content needs several network calls: each piece has its own attempts and
/// receipts. The message has the lowest status of its pieces, and has failed when one of them has.
public final class Pieces {

  private static final String ACCEPTED =
      """
      SELECT piece FROM attempt
      WHERE workspace_key = ? AND message_id = ? AND outcome = 'ACCEPTED'\
      """;
  private static final String REPEATED =
      """
      SELECT attempt FROM attempt
      WHERE workspace_key = ? AND message_id = ? AND piece = ? AND attempt > ? LIMIT 1\
      """;

  private Pieces() {}

  /// Applies a receipt that was noted: the piece is with the provider, so the next one is due.
  ///
  /// @return whether the status changed
  static boolean apply(
      Tx tx, long workspace, int piece, MessageStates.Entry entry, Receipt receipt) {
    OutboxRow row = entry.outbox();
    if (receipt.status() == ReceiptStatus.FAILED) {
      if (row != null) {
        entry.outbox(tx, null);
      }
      return entry.report(tx, MessageStatus.FAILED, receipt.cause(), receipt.time());
    }
    if (row != null && row.piece() == piece) {
      entry.outbox(tx, piece + 1 < entry.pieces() ? row.nextPiece(receipt.time()) : null);
    }
    return report(tx, workspace, entry, receipt.time());
  }

  /// Moves the message's status to the lowest of its pieces, once all of them are with the
  /// provider.
  ///
  /// @return whether it changed
  public static boolean report(Tx tx, long workspace, MessageStates.Entry entry, Instant now) {
    if (entry.outbox() != null) {
      return false;
    }
    // What this group has found out counts as well.
    tx.sendBatches();
    return lowest(tx, workspace, entry.id(), entry.pieces())
        .map(status -> entry.report(tx, status, null, now))
        .orElse(false);
  }

  /// Whether a piece was tried again after an attempt, which says nothing about the later one then.
  public static boolean isRepeated(
      Reads reads, long workspace, Id message, int piece, int attempt) {
    return reads
        .find(
            REPEATED,
            binds -> binds.number(workspace).id(message).number(piece).number(attempt),
            Row::smallNumber)
        .isPresent();
  }

  private static Optional<MessageStatus> lowest(
      Reads reads, long workspace, Id message, int pieces) {
    List<Integer> accepted =
        reads.query(ACCEPTED, binds -> binds.number(workspace).id(message), Row::smallNumber);
    List<OfPiece> receipts = Receipts.ofPieces(reads, workspace, message);
    MessageStatus lowest = MessageStatus.READ;
    for (int i = 0; i < pieces; i++) {
      int piece = i;
      Optional<MessageStatus> status =
          receipts.stream()
              .filter(one -> one.piece() == piece)
              .filter(one -> one.receipt().status() != ReceiptStatus.FAILED)
              .map(one -> MessageStatus.valueOf(one.receipt().status().name()))
              .max(Comparator.naturalOrder())
              .or(
                  () ->
                      accepted.contains(piece)
                          ? Optional.of(MessageStatus.SENT)
                          : Optional.empty());
      if (status.isEmpty()) {
        return Optional.empty();
      }
      lowest = status.get().compareTo(lowest) < 0 ? status.get() : lowest;
    }
    return Optional.of(lowest);
  }
}
