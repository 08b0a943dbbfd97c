package io.recado.conversation;

import io.recado.event.Event;
import io.recado.event.EventLog;
import io.recado.event.EventType;
import io.recado.journal.Id;
import io.recado.journal.Part;
import io.recado.journal.Row;
import io.recado.journal.RowCache;
import io.recado.journal.Tx;
import io.recado.json.JsonObject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The narrow rows of the conversations that a group changes: locked together in one order, counted
/// in memory, stored once; and, by a database's only writer, kept for the next group.
public final class ConversationStates implements Part {

  /// After the idempotency keys, before everything else.
  public static final Kind<ConversationStates> KIND = new Kind<>(100, ConversationStates::new);

  private static final String LOAD =
      """
      SELECT workspace_key, conversation_key, message_seq, message_ids, outbound_seq, event_seq,
        unread, read_seq, activity_time, last_inbound_time
      FROM conversation_state
      WHERE workspace_key = ? AND conversation_key IN (/*keys*/) ORDER BY conversation_key\
      """;
  private static final String STORE =
      """
      UPDATE conversation_state
      SET message_seq = ?, message_ids = ?, outbound_seq = ?, event_seq = ?, unread = ?,
        read_seq = ?, activity_time = ?, last_inbound_time = ?
      WHERE workspace_key = ? AND conversation_key = ?\
      """;
  private static final String INSERT =
      """
      INSERT INTO conversation_state (workspace_key, conversation_key, message_seq, message_ids,
        outbound_seq, event_seq, unread, read_seq, activity_time)
      VALUES (?, ?, 0, ?, 0, 0, 0, 0, ?)\
      """;

  private final Map<Long, TreeSet<Long>> wanted = new TreeMap<>();
  private final Map<Long, State> states = new HashMap<>();

  /// Asks for a conversation, in a write's `prepare`.
  public static void want(Tx tx, long workspace, long conversation) {
    tx.part(KIND).wanted.computeIfAbsent(workspace, _ -> new TreeSet<>()).add(conversation);
  }

  /// The row of a conversation that was asked for; empty when there is no such conversation.
  public static Optional<State> find(Tx tx, long conversation) {
    return Optional.ofNullable(tx.part(KIND).states.get(conversation));
  }

  /// The row of a conversation that only `apply` could find out: locked then, out of the order of
  /// locks, so for what is rare.
  static State lock(Tx tx, long workspace, long conversation) {
    ConversationStates part = tx.part(KIND);
    if (!part.states.containsKey(conversation)) {
      part.load(tx, workspace, List.of(conversation));
    }
    return part.states.get(conversation);
  }

  /// As [#want], in `apply`: locked then, out of the order of locks, so for what is rare.
  ///
  /// @param conversations in rising order
  public static void lock(Tx tx, long workspace, List<Long> conversations) {
    ConversationStates part = tx.part(KIND);
    part.load(
        tx,
        workspace,
        conversations.stream().filter(key -> !part.states.containsKey(key)).toList());
  }

  /// Makes the row of a conversation that this transaction has just made.
  public static State open(Tx tx, long workspace, long conversation, Instant now) {
    tx.update(
        INSERT, binds -> binds.number(workspace).number(conversation).bytes(new byte[0]).time(now));
    State state = new State(workspace, conversation, now);
    tx.part(KIND).states.put(conversation, state);
    return state;
  }

  @Override
  public void load(Tx tx) {
    wanted.forEach((workspace, keys) -> load(tx, workspace, List.copyOf(keys)));
  }

  private void load(Tx tx, long workspace, List<Long> keys) {
    RowCache<Long, State> known = tx.rows(KIND);
    List<Long> unknown = new ArrayList<>();
    for (Long key : keys) {
      State state = known.get(key);
      if (state == null || state.workspace != workspace) {
        unknown.add(key);
      } else {
        states.put(key, state);
      }
    }
    tx.queryMany(
            LOAD + tx.dialect().forUpdate(),
            "?",
            binds -> binds.number(workspace),
            unknown,
            (binds, key) -> binds.number(key),
            State::new)
        .forEach(state -> states.put(state.conversation, state));
  }

  @Override
  public void store(Tx tx) {
    List<State> changed =
        states.values().stream()
            .filter(state -> state.changed)
            .sorted(Comparator.comparingLong(state -> state.conversation))
            .toList();
    for (State state : changed) {
      state.places.store(tx);
      tx.batch(
          STORE,
          binds ->
              binds
                  .number(state.places.last())
                  .bytes(state.places.ids())
                  .number(state.outboundSeq)
                  .number(state.eventSeq)
                  .number(state.unread)
                  .number(state.readSeq)
                  .time(state.activityTime)
                  .time(state.lastInboundTime)
                  .number(state.workspace)
                  .number(state.conversation));
      state.stored();
    }
    RowCache<Long, State> known = tx.rows(KIND);
    states.forEach(known::put);
  }

  /// One conversation's counters. Changes are stored when the group is.
  public static final class State {

    private final long workspace;
    private final long conversation;
    private final Places places;
    private long outboundSeq;
    private long eventSeq;
    private long unread;
    private long readSeq;
    private Instant activityTime;
    private @Nullable Instant lastInboundTime;
    private boolean changed;

    private State(long workspace, long conversation, Instant now) {
      this.workspace = workspace;
      this.conversation = conversation;
      this.places = new Places(workspace, conversation, 0, new byte[0]);
      this.activityTime = now;
    }

    private State(Row row) throws SQLException {
      workspace = row.number();
      conversation = row.number();
      places = new Places(workspace, conversation, row.number(), row.bytes());
      outboundSeq = row.number();
      eventSeq = row.number();
      unread = row.number();
      readSeq = row.number();
      activityTime = row.time();
      lastInboundTime = row.timeOrNull();
    }

    /// When the person last wrote; null when never.
    public @Nullable Instant lastInboundTime() {
      return lastInboundTime;
    }

    /// Which message stands at which place, with what this transaction has changed.
    Places places() {
      return places;
    }

    /// The number of the last outbound message; 0 when there is none.
    public long outboundSeq() {
      return outboundSeq;
    }

    /// An outbound message goes without having been sent: if it was the last, the next one comes
    /// after the one before it.
    public void withdraw(long seq, long previous) {
      if (outboundSeq == seq) {
        changed = true;
        outboundSeq = previous;
      }
    }

    /// Takes the number of an outbound message.
    public long nextOutbound(Id message, Instant now) {
      outboundSeq = next(message, now);
      return outboundSeq;
    }

    /// Takes the number of a message that is sent later: no other waits for it, and the
    /// conversation has not moved.
    public long nextScheduled(Id message) {
      changed = true;
      return places.take(message);
    }

    /// Takes the number of an inbound message, which is unread and opens the service window.
    ///
    /// @param written when the person wrote it, by the provider's clock; never counted as later
    ///   than now
    public long nextInbound(Id message, Instant now, Instant written) {
      unread++;
      Instant opened = written.isBefore(now) ? written : now;
      if (lastInboundTime == null || lastInboundTime.isBefore(opened)) {
        lastInboundTime = opened;
      }
      return next(message, now);
    }

    /// How many inbound messages are unread.
    public long unread() {
      return unread;
    }

    /// How many events tell of the conversation so far.
    public long eventSeq() {
      return eventSeq;
    }

    /// The place up to which everything was read.
    public long readSeq() {
      return readSeq;
    }

    /// Everything up to now was read.
    public void markRead() {
      changed = true;
      unread = 0;
      readSeq = places.last();
    }

    /// The conversation with these counters in place of those that are stored.
    Conversation of(Conversation stored) {
      return new Conversation(
          stored.key(),
          stored.workspace(),
          stored.channel(),
          stored.id(),
          stored.displayName(),
          stored.phoneNumber(),
          stored.state(),
          stored.assignee(),
          stored.labels(),
          unread,
          stored.createTime(),
          stored.updateTime(),
          activityTime,
          lastInboundTime,
          stored.inboxTime(),
          Places.newest(places.ids()));
    }

    /// Appends an event of this conversation, with the next number of its sequence.
    public void append(
        Tx tx, EventType type, Instant now, long channel, @Nullable Id message, JsonObject change) {
      changed = true;
      eventSeq++;
      EventLog.append(
          tx, new Event(workspace, type, now, channel, conversation, eventSeq, message, change));
    }

    private void stored() {
      changed = false;
      places.stored();
    }

    private long next(Id message, Instant now) {
      changed = true;
      activityTime = now;
      return places.take(message);
    }
  }
}
