package io.recado.event;

import io.recado.journal.Part;
import io.recado.journal.Tx;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The events of a group, appended to the log when everything else of the group has been written.
///
/// The positions are taken last and their row is locked until the commit, so they appear in order:
/// a reader never sees a position before all lower ones.
public final class EventLog implements Part {

  /// The last in the order of locks.
  public static final Kind<EventLog> KIND = new Kind<>(1_000, EventLog::new);

  private static final String TAKE =
      """
      INSERT INTO log_head (workspace_key, position) VALUES (?, ?)
      ON CONFLICT (workspace_key) DO UPDATE SET position = log_head.position + excluded.position
      RETURNING position\
      """;
  private static final String INSERT =
      """
      INSERT INTO event (workspace_key, position, type, time, channel_key, conversation_key,
        conversation_seq, message_id, change)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private final Map<Long, List<Event>> events = new TreeMap<>();

  /// Appends an event to the log of its workspace, in the group's own transaction.
  public static void append(Tx tx, Event event) {
    tx.changed();
    tx.tell(event);
    tx.part(KIND).events.computeIfAbsent(event.workspace(), _ -> new ArrayList<>()).add(event);
  }

  @Override
  public void store(Tx tx) {
    // Everything else first: the rows of the log's heads are what all groups of a workspace wait
    // for.
    tx.sendBatches();
    events.forEach((workspace, list) -> append(tx, workspace, list));
  }

  private static void append(Tx tx, long workspace, List<Event> events) {
    long last =
        tx.query(TAKE, binds -> binds.number(workspace).number(events.size()), row -> row.number())
            .getFirst();
    long position = last - events.size();
    for (Event event : events) {
      insert(tx, event, ++position);
    }
  }

  private static String text(JsonObject change) {
    // Most events tell of no change, and a generator costs as much as the insert.
    return change.fields().isEmpty() ? "{}" : Json.text(change);
  }

  private static void insert(Tx tx, Event event, long position) {
    tx.batch(
        INSERT,
        binds ->
            binds
                .number(event.workspace())
                .number(position)
                .text(event.type().name())
                .time(event.time())
                .number(event.channel())
                .number(event.conversation())
                .number(event.conversationSequence())
                .id(event.message())
                .text(text(event.change())));
  }
}
