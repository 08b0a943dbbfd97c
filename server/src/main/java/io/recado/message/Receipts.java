package io.recado.message;

import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.Reason;
import io.recado.journal.Binds;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What providers reported about messages, and which message a provider's name stands for.
public final class Receipts {

  private static final String ADD =
      """
      INSERT INTO receipt (workspace_key, message_id, piece, status, time, provider_time, reason,
        provider_code, provider_message)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
      """;
  private static final String TAKE_NAME =
      """
      INSERT INTO provider_message (workspace_key, channel_key, provider_message_id, message_id,
        piece)
      VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING RETURNING piece\
      """;
  private static final String NAMED =
      """
      SELECT p.message_id, m.conversation_key, m.direction, p.piece
      FROM provider_message p
      JOIN message m ON m.workspace_key = p.workspace_key AND m.id = p.message_id
      WHERE p.workspace_key = ? AND p.channel_key = ? AND p.provider_message_id = ?\
      """;
  private static final String NAMED_MANY =
      """
      SELECT p.provider_message_id, p.message_id, m.conversation_key, m.direction, p.piece
      FROM provider_message p
      JOIN message m ON m.workspace_key = p.workspace_key AND m.id = p.message_id
      WHERE p.workspace_key = ? AND p.channel_key = ? AND p.provider_message_id IN (/*keys*/)\
      """;
  private static final String OF_MESSAGE =
      """
      SELECT status, time, provider_time, reason, provider_code, provider_message FROM receipt
      WHERE workspace_key = ? AND message_id = ?\
      """;

  private Receipts() {}

  private static final String OF_PIECES =
      """
      SELECT piece, status, time, provider_time, reason, provider_code, provider_message FROM receipt
      WHERE workspace_key = ? AND message_id = ?\
      """;

  /// Applies a receipt to its message: the status moves up the ladder or stays, and whatever was
  /// still to be done is done, since the provider knows the message. Of a message in several pieces
  /// the next piece is to be sent, and the status is the lowest of all.
  ///
  /// @return whether the status changed
  public static boolean apply(
      Tx tx, long workspace, Named named, MessageStates.Entry entry, Receipt receipt) {
    note(tx, workspace, named, receipt);
    if (entry.pieces() > 1) {
      return Pieces.apply(tx, workspace, named.piece(), entry, receipt);
    }
    if (entry.outbox() != null) {
      entry.outbox(tx, null);
    }
    return entry.report(
        tx, MessageStatus.valueOf(receipt.status().name()), receipt.cause(), receipt.time());
  }

  /// Keeps a receipt for the timeline.
  public static void note(Tx tx, long workspace, Named named, Receipt receipt) {
    tx.batch(
        ADD,
        binds -> {
          binds.number(workspace).id(named.message()).number(named.piece());
          bind(binds, receipt);
        });
  }

  /// Gives an inbound message the name under which the provider knows it, at once.
  ///
  /// @return false when the name stands for a message already
  public static boolean takeName(
      Tx tx, long workspace, long channel, String providerMessageId, Id message) {
    return !tx.query(
            TAKE_NAME,
            binds -> binds.number(workspace).number(channel).text(providerMessageId).id(message),
            Row::number)
        .isEmpty();
  }

  /// The message that a provider's name stands for.
  public static Optional<Named> find(
      Reads reads, long workspace, long channel, String providerMessageId) {
    return reads.find(
        NAMED,
        binds -> binds.number(workspace).number(channel).text(providerMessageId),
        Receipts::named);
  }

  /// The messages that some names of a provider stand for, by name; those that stand for none are
  /// not in it.
  ///
  /// @param names distinct
  public static Map<String, Named> find(
      Reads reads, long workspace, long channel, List<String> names) {
    Map<String, Named> found = new HashMap<>();
    reads
        .queryMany(
            NAMED_MANY,
            "?",
            binds -> binds.number(workspace).number(channel),
            names,
            (binds, name) -> binds.text(name),
            row -> Map.entry(row.text(), named(row)))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  /// All receipts of a message, in the order in which they came.
  public static List<Receipt> of(Reads reads, long workspace, Id message) {
    return reads
        .query(OF_MESSAGE, binds -> binds.number(workspace).id(message), Receipts::receipt)
        .stream()
        .sorted(Comparator.comparing(Receipt::time).thenComparing(Receipt::status))
        .toList();
  }

  /// All receipts of a message, each with the piece that it is about.
  static List<OfPiece> ofPieces(Reads reads, long workspace, Id message) {
    return reads.query(
        OF_PIECES,
        binds -> binds.number(workspace).id(message),
        row -> new OfPiece(row.smallNumber(), receipt(row)));
  }

  static Named named(Row row) throws SQLException {
    return new Named(row.id(), row.number(), row.name(Message.Direction.class), row.smallNumber());
  }

  static void bind(Binds binds, Receipt receipt) throws SQLException {
    var failure = receipt.failure();
    binds
        .name(receipt.status())
        .time(receipt.time())
        .time(receipt.providerTime())
        .name(failure == null ? null : failure.reason())
        .text(failure == null ? null : failure.answer().code())
        .text(failure == null ? null : failure.answer().message());
  }

  static Receipt receipt(Row row) throws SQLException {
    ReceiptStatus status = row.name(ReceiptStatus.class);
    Instant time = row.time();
    Instant providerTime = row.time();
    Reason reason = row.nameOrNull(Reason.class);
    var answer = new ProviderAnswer(0, row.textOrNull(), row.textOrNull());
    return new Receipt(
        status,
        time,
        providerTime,
        reason == null ? null : new ProviderEvent.Failure(reason, answer));
  }

  /// One report.
  ///
  /// @param time when it came, by our clock
  /// @param failure null unless the status is FAILED
  public record Receipt(
      ReceiptStatus status,
      Instant time,
      Instant providerTime,
      ProviderEvent.@Nullable Failure failure) {

    /// Why the message failed; null unless it did.
    @Nullable Failure cause() {
      return failure == null ? null : new Failure(failure.reason(), failure.answer());
    }
  }

  /// A report about a piece.
  record OfPiece(int piece, Receipt receipt) {}

  /// Which message a name stands for.
  ///
  /// @param piece which of its pieces, from 0
  public record Named(Id message, long conversation, Message.Direction direction, int piece) {}
}
