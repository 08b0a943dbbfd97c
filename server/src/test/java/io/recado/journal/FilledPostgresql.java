package io.recado.journal;

import io.recado.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// A database in PostgreSQL with so many rows that reading a whole table is dear: filled once, to
/// be copied. Nobody may be connected to it.
final class FilledPostgresql {

  private static final int CONVERSATIONS = 4_000;
  private static final int MESSAGES = 40_000;

  private FilledPostgresql() {}

  static TestDatabase instance() {
    return Holder.INSTANCE;
  }

  private static TestDatabase filled() {
    TestDatabase database = TestDatabase.postgresql();
    try (Connection connection = database.database().openWriter();
        Statement statement = connection.createStatement()) {
      fill(statement);
      connection.commit();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return database;
  }

  private static void fill(Statement statement) throws SQLException {
    String id = "decode(lpad(to_hex(i), 24, '0'), 'hex')";
    fill(
        statement,
        "conversation (conversation_key, workspace_key, channel_key, id, state, labels,"
            + " create_time, update_time, inbox_time)",
        "i, 1 + i % 2, 1 + i % 20, " + id + ", 'OPEN', '[]', i, i, i",
        CONVERSATIONS);
    fill(
        statement,
        "conversation_state",
        "1 + i % 2, i, 10, 8, 10, i % 3, 0, i, NULL, ''",
        CONVERSATIONS);
    fill(statement, "conversation_run", "1 + i % 2, i, 0, ''", CONVERSATIONS);
    fill(
        statement,
        "conversation_identifier",
        "1 + i % 2, 1 + i % 20, 'phone', 'p' || i, i, i",
        CONVERSATIONS);
    String conversation = "1 + (i - 1) / 10";
    fill(
        statement,
        "message (workspace_key, channel_key, conversation_key, seq, id, direction, status,"
            + " content_type, content, create_time, update_time)",
        "1 + (%1$s) %% 2, 1 + (%1$s) %% 20, %1$s, 1 + i %% 10, %2$s, 'OUTBOUND', 'SENT', 'TEXT',"
                .formatted(conversation, id)
            + " '{\"text\":\"t\"}', i, i",
        MESSAGES);
    fill(
        statement,
        "outbox (workspace_key, channel_key, message_id, conversation_key, seq, previous_seq,"
            + " state, attempt, spent, throttled, due_time, expire_time)",
        "1 + (%1$s) %% 2, 1 + (%1$s) %% 20, %2$s, %1$s, 1 + i %% 10, 0, 'WAITING', 0, 0, 0, i, i"
            .formatted(conversation, id),
        MESSAGES / 2);
    fill(
        statement, "attempt", "1 + i % 2, " + id + ", 0, 1, i, i, 'ACCEPTED', NULL, 200", MESSAGES);
    fill(
        statement,
        "receipt (workspace_key, message_id, piece, status, time, provider_time)",
        "1 + i % 2, " + id + ", 0, 'SENT', i, i",
        MESSAGES);
    fill(statement, "provider_message", "1 + i % 2, 1 + i % 20, 'w' || i, " + id + ", 0", MESSAGES);
    fill(
        statement,
        "early_receipt (workspace_key, channel_key, provider_message_id, status, time,"
            + " provider_time)",
        "1 + i % 2, 1 + i % 20, 'e' || i, 'SENT', i, i",
        CONVERSATIONS);
    fill(
        statement,
        "event (workspace_key, position, type, time, conversation_key, change)",
        "1 + i % 2, i, 'MESSAGE_SENT', i, " + conversation + ", '{}'",
        MESSAGES);
    fill(
        statement,
        "api_key (id, workspace_key, hash, hint, role, channels, create_time)",
        id + ", 1 + i % 20, " + id + ", 'h', 'ADMIN', '[]', i",
        CONVERSATIONS);
    fill(statement, "log_head", "i, " + MESSAGES, 2_000);
    fill(statement, "raw_payload", "1, " + id + ", 1, i, NULL, ''", CONVERSATIONS);
    fill(
        statement,
        "idempotency_key (workspace_key, hash, fingerprint, create_time)",
        "1, " + id + ", " + id + ", i",
        CONVERSATIONS);
    fill(
        statement,
        "statistic",
        "1 + i % 2, i % 20, i * 3600000::BIGINT, 'SENT', '', 1",
        CONVERSATIONS);
    fill(statement, "audit_entry", "1 + i % 20, " + id + ", i, 'a', 'b', 'c', '{}'", CONVERSATIONS);
    // Ids that the writes take lie beyond.
    statement.execute(
        "ALTER TABLE conversation ALTER COLUMN conversation_key RESTART WITH 1000000");
    statement.execute("ANALYZE");
  }

  private static void fill(Statement statement, String table, String values, int rows)
      throws SQLException {
    statement.execute(
        "INSERT INTO " + table + " SELECT " + values + " FROM generate_series(1, " + rows + ") i");
  }

  private static final class Holder {
    private static final TestDatabase INSTANCE = filled();
  }
}
