package io.recado.conversation;

import io.recado.journal.Journal;
import io.recado.journal.Row;
import io.recado.journal.StorageException;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps the order of the inbox: conversations by their latest activity.
///
/// An index that moved with every message would nearly double the bytes written, so changes are
/// gathered and stored together, about once a second and before an inbox is read. What a crash
/// leaves out is found by [#repair] at start: with the order is stored up to which position of the
/// workspace's log it holds, and what came after is applied again, however long ago. Safe for many
/// threads.
public final class Inbox {

  private static final String MOVE =
      """
      UPDATE conversation SET inbox_time = ?
      WHERE workspace_key = ? AND conversation_key = ? AND inbox_time < ?\
      """;
  private static final String REPAIR =
      """
      UPDATE conversation SET inbox_time = (
        SELECT s.activity_time FROM conversation_state s
        WHERE s.workspace_key = conversation.workspace_key
          AND s.conversation_key = conversation.conversation_key)
      WHERE workspace_key = ? AND conversation_key IN (
        SELECT e.conversation_key FROM event e WHERE e.workspace_key = ? AND e.position > ?)\
      """;
  private static final String HEAD = "SELECT position FROM log_head WHERE workspace_key = ?";
  private static final String HELD = "SELECT position FROM inbox_head WHERE workspace_key = ?";
  private static final String HOLD =
      """
      INSERT INTO inbox_head (workspace_key, position) VALUES (?, ?)
      ON CONFLICT (workspace_key) DO UPDATE SET position = excluded.position
      WHERE inbox_head.position < excluded.position\
      """;

  /// Where no position was stored yet, so many events are looked at.
  private static final long LOOK_BACK_EVENTS = 200_000;

  /// More events than two groups have: another writer may have committed one of which nobody has
  /// heard yet.
  private static final long SLACK_EVENTS = 20_000;

  private final Journal journal;
  private final Map<Long, Map<Long, Instant>> changed = new ConcurrentHashMap<>();

  /// The end of each workspace's log at a time before which all touched conversations are known.
  private final Map<Long, Long> known = new ConcurrentHashMap<>();

  /// An inbox whose changes go through this journal.
  public Inbox(Journal journal) {
    this.journal = journal;
  }

  /// Notes that a conversation has a new message. Cheap: called for every message.
  public void touched(long workspace, long conversation, Instant time) {
    changed
        .computeIfAbsent(workspace, _ -> new ConcurrentHashMap<>())
        .merge(conversation, time, (a, b) -> a.isAfter(b) ? a : b);
  }

  /// Stores the order of a workspace's conversations; returns when it is stored.
  public void store(long workspace) {
    Map<Long, Instant> pending = changed.get(workspace);
    if (pending == null || pending.isEmpty()) {
      return;
    }
    // Read before the moves are gathered: they hold up to there.
    Long position = known.get(workspace);
    List<Move> moves = new ArrayList<>();
    pending.forEach((conversation, time) -> moves.add(new Move(conversation, time)));
    // In one order, so that two nodes that store theirs cannot lock each other out.
    moves.sort(Comparator.comparingLong(Move::conversation));
    known.put(workspace, journal.commit(new StoreOrder(workspace, moves, position)));
    moves.forEach(move -> pending.remove(move.conversation, move.time));
  }

  /// Brings the order up to date before a workspace's list is read, if it can: a full disk or a
  /// full queue stops no reading, and the list is in the order that was stored last.
  ///
  /// @return whether it is up to date
  public boolean refresh(long workspace) {
    try {
      store(workspace);
      return true;
    } catch (StorageException e) {
      return switch (e.kind()) {
        case FULL, UNAVAILABLE, OVERLOADED, WORKSPACE_BUSY -> false;
        case CONFLICT, BROKEN, REFUSED -> throw e;
      };
    }
  }

  /// Stores the order of all workspaces.
  public void storeAll() {
    changed.keySet().forEach(this::store);
  }

  /// Finds the moves that a crash left out: those of the conversations with events after the
  /// position up to which the order was stored.
  public void repair(long workspace) {
    known.put(workspace, journal.commit(new Repair(workspace)));
  }

  private static long head(Tx tx, long workspace) {
    return tx.find(HEAD, binds -> binds.number(workspace), Row::number).orElse(0L);
  }

  record Move(long conversation, Instant time) {}

  /// Answers with the end of the log.
  ///
  /// @param position up to which the order holds then; null when that is not known
  record StoreOrder(long workspace, List<Move> moves, @Nullable Long position)
      implements Write<Long> {
    @Override
    public Long apply(Tx tx) {
      for (Move move : moves) {
        tx.batch(
            MOVE,
            binds ->
                binds.time(move.time).number(workspace).number(move.conversation).time(move.time));
      }
      if (position != null) {
        tx.update(
            HOLD, binds -> binds.number(workspace).number(Math.max(0, position - SLACK_EVENTS)));
      }
      return head(tx, workspace);
    }
  }

  private record Repair(long workspace) implements Write<Long> {
    @Override
    public Long apply(Tx tx) {
      long head = head(tx, workspace);
      long held =
          tx.find(HELD, binds -> binds.number(workspace), Row::number)
              .orElse(head - LOOK_BACK_EVENTS);
      tx.update(REPAIR, binds -> binds.number(workspace).number(workspace).number(held));
      return head;
    }
  }
}
