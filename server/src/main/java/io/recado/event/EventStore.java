package io.recado.event;

import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.json.Json;
import java.sql.SQLException;
import java.util.List;

/// Reads the log.
public final class EventStore {

  private static final String AFTER =
      """
      SELECT position, workspace_key, type, time, channel_key, conversation_key, conversation_seq,
        message_id, change
      FROM event WHERE workspace_key = ? AND position > ? ORDER BY position LIMIT ?\
      """;

  private EventStore() {}

  /// The events after a position, oldest first; 0 for the log's beginning.
  public static List<Logged> after(Reads reads, long workspace, long position, int limit) {
    return reads.query(
        AFTER, binds -> binds.number(workspace).number(position).number(limit), EventStore::logged);
  }

  private static Logged logged(Row row) throws SQLException {
    return new Logged(
        row.number(),
        new Event(
            row.number(),
            row.name(EventType.class),
            row.time(),
            row.numberOrNull(),
            row.numberOrNull(),
            row.number(),
            row.idOrNull(),
            Json.readStored(row.text())));
  }

  /// An event with its place in the workspace's log, from 1 without gaps.
  public record Logged(long position, Event event) {}
}
