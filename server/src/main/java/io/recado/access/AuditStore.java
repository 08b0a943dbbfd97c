package io.recado.access;

import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.json.Json;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of the audit log.
public final class AuditStore {

  private static final String INSERT =
      """
      INSERT INTO audit_entry (workspace_key, id, time, actor, action, resource, details)
      VALUES (?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String PAGE =
      """
      SELECT id, time, actor, action, resource, details FROM audit_entry
      WHERE workspace_key = ? AND id < ? ORDER BY id DESC LIMIT ?\
      """;
  private static final String OF_RESOURCE =
      """
      SELECT id, time, actor, action, resource, details FROM audit_entry
      WHERE workspace_key = ? AND resource = ? ORDER BY id LIMIT ?\
      """;
  private static final Id HIGHEST = new Id(-1, -1);

  private AuditStore() {}

  static void insert(Tx tx, long workspace, AuditEntry entry) {
    tx.batch(
        INSERT,
        binds ->
            binds
                .number(workspace)
                .id(entry.id())
                .time(entry.time())
                .text(entry.actor())
                .text(entry.action())
                .text(entry.resource())
                .text(Json.text(entry.details())));
  }

  /// The workspace's entries, newest first.
  ///
  /// @param before the last one of the page before; null for the first page
  public static List<AuditEntry> page(Reads reads, long workspace, @Nullable Id before, int limit) {
    Id from = before == null ? HIGHEST : before;
    return reads.query(
        PAGE, binds -> binds.number(workspace).id(from).number(limit), AuditStore::entry);
  }

  /// What was done about one thing, oldest first.
  ///
  /// @param resource its resource name
  public static List<AuditEntry> of(Reads reads, long workspace, String resource, int limit) {
    return reads.query(
        OF_RESOURCE,
        binds -> binds.number(workspace).text(resource).number(limit),
        AuditStore::entry);
  }

  private static AuditEntry entry(Row row) throws SQLException {
    return new AuditEntry(
        row.id(), row.time(), row.text(), row.text(), row.text(), Json.readStored(row.text()));
  }
}
