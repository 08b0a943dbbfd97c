package io.recado.simulation;

import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of the table of messages.
///
/// @param text null when it is a template
/// @param times of creation, sending, delivery, reading, failure; 0 for none
record StoredMessage(
    String id,
    long conversation,
    long seq,
    boolean isOutbound,
    String status,
    @Nullable String reason,
    @Nullable String text,
    @Nullable String providerName,
    long expireTime,
    List<Long> times) {

  static List<StoredMessage> all(Connection connection) {
    return Tables.query(
        connection,
        """
        SELECT lower(hex(id)), conversation_key, seq, direction, status, failure, content,
          provider_message_id, expire_time, create_time, sent_time, delivered_time, read_time,
          failed_time
        FROM message\
        """,
        StoredMessage::read);
  }

  /// How much is known: the ladder of docs/status.md, written down once more.
  static int rank(String status, @Nullable String reason) {
    return switch (status) {
      case "SENDING" -> 0;
      case "SENT" -> 2;
      case "FAILED" -> "OUTCOME_UNKNOWN".equals(reason) ? 1 : 3;
      case "DELIVERED" -> 4;
      case "READ" -> 5;
      default -> throw new AssertionError(status);
    };
  }

  int rank() {
    return rank(status, reason);
  }

  private static StoredMessage read(ResultSet row) throws SQLException {
    String failure = row.getString(6);
    return new StoredMessage(
        row.getString(1),
        row.getLong(2),
        row.getLong(3),
        row.getString(4).equals("OUTBOUND"),
        row.getString(5),
        failure == null ? null : json(failure).string("reason").orElseThrow(),
        json(row.getString(7)).string("text").orElse(null),
        row.getString(8),
        row.getLong(9),
        List.of(
            row.getLong(10), row.getLong(11), row.getLong(12), row.getLong(13), row.getLong(14)));
  }

  static JsonObject json(String text) {
    return (JsonObject) Json.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
