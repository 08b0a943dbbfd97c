package io.recado.feed;

import io.recado.event.Event;
import io.recado.event.EventStore.Logged;
import io.recado.event.EventType;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How the log is read for those whom it is told to.
final class LogStore {

  private static final String SPAN =
      """
      SELECT position, type, time, channel_key, conversation_key, conversation_seq, message_id,
        change
      FROM event WHERE workspace_key = ? AND position > ? AND position <= ?
      ORDER BY position LIMIT ?\
      """;
  private static final String HEAD = "SELECT position FROM log_head WHERE workspace_key = ?";
  private static final String HEADS =
      "SELECT workspace_key, position FROM log_head WHERE workspace_key IN (/*keys*/)";
  private static final String OLDEST =
      "SELECT position FROM event WHERE workspace_key = ? ORDER BY position LIMIT 1";

  /// Read together when some of it may not be wanted.
  private static final int AT_ONCE = 500;

  private LogStore() {}

  /// The events within bounds that are wanted, oldest first.
  static Span span(Reads reads, long workspace, Span.Bounds bounds, EventChoice choice) {
    List<Logged> wanted = new ArrayList<>();
    long first = 0;
    long from = bounds.after;
    while (wanted.size() < bounds.limit && from < bounds.end) {
      int left = bounds.limit - wanted.size();
      int most = choice == EventChoice.ALL ? left : Math.max(left, AT_ONCE);
      long after = from;
      List<Long> seen =
          reads.query(
              SPAN,
              binds -> binds.number(workspace).number(after).number(bounds.end).number(most),
              row -> {
                long here = row.number();
                if (wanted.size() < bounds.limit) {
                  add(wanted, row, workspace, here, choice);
                }
                return here;
              });
      first = first == 0 && !seen.isEmpty() ? seen.getFirst() : first;
      from = seen.size() < most ? bounds.end : seen.getLast();
    }
    return new Span(wanted, first);
  }

  /// The position of the newest event; 0 when there never was one.
  static long head(Reads reads, long workspace) {
    return reads.find(HEAD, binds -> binds.number(workspace), Row::number).orElse(0L);
  }

  /// The same of several workspaces; those without an event are left out.
  static Map<Long, Long> heads(Reads reads, List<Long> workspaces) {
    Map<Long, Long> heads = new TreeMap<>();
    reads.queryMany(
        HEADS,
        "?",
        _ -> {},
        workspaces,
        (binds, workspace) -> binds.number(workspace),
        row -> heads.put(row.number(), row.number()));
    return heads;
  }

  /// The position of the oldest event that is still kept; one after the head when none is.
  static long oldest(Reads reads, long workspace) {
    // First, as the log may grow between the two.
    long head = head(reads, workspace);
    return reads.find(OLDEST, binds -> binds.number(workspace), Row::number).orElse(head + 1);
  }

  private static void add(
      List<Logged> wanted, Row row, long workspace, long position, EventChoice choice)
      throws SQLException {
    EventType type = row.name(EventType.class);
    Instant time = row.time();
    Long channel = row.numberOrNull();
    if (choice.takes(type, channel)) {
      Long conversation = row.numberOrNull();
      long sequence = row.number();
      Id message = row.idOrNull();
      JsonObject change = Json.readStored(row.text());
      wanted.add(
          new Logged(
              position,
              new Event(workspace, type, time, channel, conversation, sequence, message, change)));
    }
  }

  /// A part of the log.
  ///
  /// @param first the first position that is there, wanted or not; 0 when none is
  record Span(List<Logged> wanted, long first) {

    /// @param after the position before the part
    /// @param end the last position that is looked at
    /// @param limit the most events that are wanted
    record Bounds(long after, long end, int limit) {}
  }
}
