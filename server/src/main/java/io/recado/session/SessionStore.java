package io.recado.session;

import io.recado.access.KeyHash;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// The table of sessions. Of a token only its hash is stored.
final class SessionStore {

  private static final String BY_HASH =
      """
      SELECT workspace_key, api_key, create_time, last_used_time FROM session WHERE hash = ?\
      """;
  private static final String INSERT =
      """
      INSERT INTO session (hash, workspace_key, api_key, create_time, last_used_time)
      VALUES (?, ?, ?, ?, ?)\
      """;
  private static final String DELETE = "DELETE FROM session WHERE hash = ?";
  // SQLite knows no OFFSET without LIMIT.
  private static final String DELETE_OLDEST =
      """
      DELETE FROM session WHERE hash IN (
        SELECT hash FROM session WHERE workspace_key = ? AND api_key = ?
        ORDER BY create_time DESC LIMIT 1000000 OFFSET ?)\
      """;
  private static final String USED =
      "UPDATE session SET last_used_time = ? WHERE hash = ? AND last_used_time < ?";

  private SessionStore() {}

  /// The session of a token. Not confined to a workspace: it finds out which.
  static Optional<Session> find(Reads reads, KeyHash token) {
    return reads.find(BY_HASH, binds -> binds.bytes(token.bytes()), SessionStore::session);
  }

  static void insert(Tx tx, KeyHash token, Session session) {
    tx.update(
        INSERT,
        binds ->
            binds
                .bytes(token.bytes())
                .number(session.workspace())
                .id(session.apiKey())
                .time(session.createTime())
                .time(session.lastUsedTime()));
  }

  static boolean delete(Tx tx, KeyHash token) {
    return tx.update(DELETE, binds -> binds.bytes(token.bytes())) > 0;
  }

  /// Deletes a key's oldest sessions.
  ///
  /// @param kept how many stay
  static void deleteOldest(Tx tx, long workspace, Id apiKey, int kept) {
    tx.update(DELETE_OLDEST, binds -> binds.number(workspace).id(apiKey).number(kept));
  }

  static void noteUse(Tx tx, KeyHash token, Instant time) {
    tx.batch(USED, binds -> binds.time(time).bytes(token.bytes()).time(time));
  }

  private static Session session(Row row) throws SQLException {
    return new Session(row.number(), row.id(), row.time(), row.time());
  }
}
