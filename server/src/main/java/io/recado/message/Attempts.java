package io.recado.message;

import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The attempts to hand messages over, each written once with what came of it.
public final class Attempts {

  private static final String ADD =
      """
      INSERT INTO attempt (workspace_key, message_id, piece, attempt, start_time, end_time, outcome,
        reason, http_status, provider_code, provider_message)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
      """;
  private static final String OF_MESSAGE =
      """
      SELECT piece, attempt, start_time, end_time, outcome, reason, http_status, provider_code,
        provider_message
      FROM attempt WHERE workspace_key = ? AND message_id = ?\
      """;

  private static final String LAST =
      "SELECT COALESCE(MAX(attempt), 0) FROM attempt WHERE workspace_key = ? AND message_id = ?";

  private static final String DOUBTFUL =
      """
      SELECT attempt FROM attempt WHERE workspace_key = ? AND message_id = ? AND outcome = 'IN_DOUBT'
      LIMIT 1\
      """;

  private Attempts() {}

  /// Adds an attempt that has ended.
  public static void add(Tx tx, long workspace, Id message, Attempt attempt) {
    tx.batch(
        ADD,
        binds ->
            binds
                .number(workspace)
                .id(message)
                .number(attempt.piece())
                .number(attempt.number())
                .time(attempt.startTime())
                .time(attempt.endTime())
                .name(attempt.outcome())
                .name(attempt.reason())
                .number(attempt.answer().httpStatus())
                .text(attempt.answer().code())
                .text(attempt.answer().message()));
  }

  /// The number of a message's last attempt that has ended; at least 1.
  static int last(Reads reads, long workspace, Id message) {
    return Math.max(
        1,
        reads
            .query(LAST, binds -> binds.number(workspace).id(message), Row::smallNumber)
            .getFirst());
  }

  /// Whether an attempt's answer was lost, so that the provider may have the message.
  static boolean leftDoubt(Reads reads, long workspace, Id message) {
    return reads
        .find(DOUBTFUL, binds -> binds.number(workspace).id(message), Row::smallNumber)
        .isPresent();
  }

  /// All attempts of a message, in order.
  public static List<Attempt> of(Reads reads, long workspace, Id message) {
    return reads
        .query(OF_MESSAGE, binds -> binds.number(workspace).id(message), Attempts::attempt)
        .stream()
        .sorted(Comparator.comparing(Attempt::number).thenComparing(Attempt::piece))
        .toList();
  }

  private static Attempt attempt(Row row) throws SQLException {
    return new Attempt(
        row.smallNumber(),
        row.smallNumber(),
        row.time(),
        row.time(),
        row.name(Outcome.class),
        row.nameOrNull(Reason.class),
        new ProviderAnswer(row.smallNumber(), row.textOrNull(), row.textOrNull()));
  }

  /// One try to hand a message over.
  ///
  /// @param piece from 0
  /// @param number from 1; the fence
  /// @param reason null when it was accepted or is in doubt
  public record Attempt(
      int piece,
      int number,
      Instant startTime,
      Instant endTime,
      Outcome outcome,
      @Nullable Reason reason,
      ProviderAnswer answer) {}

  /// What came of an attempt, as it is stored and told.
  public enum Outcome {
    ACCEPTED,
    HELD,
    REFUSED,
    RETRY_LATER,
    THROTTLED,
    CHANNEL_BROKEN,
    IN_DOUBT
  }
}
