package io.recado.access;

import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table of workspaces. The only store that looks beyond one workspace, for operators.
public final class WorkspaceStore {

  private static final String COLUMNS =
      "SELECT workspace_key, id, display_name, create_time FROM workspace";
  private static final String PAGE = COLUMNS + " WHERE id < ? ORDER BY id DESC LIMIT ?";
  private static final String DEFAULT =
      COLUMNS + " WHERE id = (SELECT value FROM server_fact WHERE name = 'default-workspace')";
  private static final String BY_KEY = COLUMNS + " WHERE workspace_key = ?";
  private static final String CLAIM_DEFAULT =
      """
      INSERT INTO server_fact (name, value) VALUES ('default-workspace', ?)
      ON CONFLICT DO NOTHING\
      """;
  private static final String INSERT =
      """
      INSERT INTO workspace (id, display_name, create_time) VALUES (?, ?, ?)
      RETURNING workspace_key\
      """;
  private static final Id HIGHEST = new Id(-1, -1);

  private WorkspaceStore() {}

  /// All workspaces, newest first.
  ///
  /// @param before the last one of the page before; null for the first page
  static List<Workspace> page(Reads reads, @Nullable Id before, int limit) {
    Id from = before == null ? HIGHEST : before;
    return reads.query(PAGE, binds -> binds.id(from).number(limit), WorkspaceStore::workspace);
  }

  /// The workspace that was there first; empty in an empty database.
  public static Optional<Workspace> findDefault(Reads reads) {
    return reads.find(DEFAULT, binds -> {}, WorkspaceStore::workspace);
  }

  /// The workspace of a key.
  public static Optional<Workspace> find(Reads reads, long key) {
    return reads.find(BY_KEY, binds -> binds.number(key), WorkspaceStore::workspace);
  }

  /// Makes the id that of the workspace `default`, unless there is one.
  ///
  /// @return false when there is one, also one that another node has just made
  static boolean claimDefault(Tx tx, Id id) {
    return tx.update(CLAIM_DEFAULT, binds -> binds.id(id)) > 0;
  }

  static Workspace insert(Tx tx, Id id, String displayName, Instant now) {
    tx.changed();
    long key =
        tx.query(INSERT, binds -> binds.id(id).text(displayName).time(now), Row::number).getFirst();
    return new Workspace(key, id, displayName, now);
  }

  private static Workspace workspace(Row row) throws SQLException {
    return new Workspace(row.number(), row.id(), row.text(), row.time());
  }
}
