package io.recado.message;

import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.message.OutboxRow.State;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The outbox table: what is still to be handed over. Rows are added by accepting and go with the
/// outcome.
public final class Outbox {

  private static final String INSERT =
      """
      INSERT INTO outbox (workspace_key, channel_key, message_id, conversation_key, seq,
        previous_seq, state, attempt, spent, throttled, due_time, expire_time, priority)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String UPDATE =
      """
      UPDATE outbox
      SET state = ?, attempt = ?, spent = ?, throttled = ?, due_time = ?, attempt_time = ?,
        wait_reason = ?, priority = ?, piece = ?
      WHERE workspace_key = ? AND channel_key = ? AND message_id = ?\
      """;
  private static final String DELETE =
      "DELETE FROM outbox WHERE workspace_key = ? AND channel_key = ? AND message_id = ?";

  /// The columns that [#queued] reads, of a row `o` and its message `m`.
  static final String QUEUED =
      """
      SELECT o.workspace_key, o.channel_key, o.conversation_key, o.seq, o.message_id,
        m.content_type, m.content, m.fallback, m.reply_to, m.create_time,
        o.state, o.previous_seq, o.attempt, o.spent, o.throttled, o.due_time, o.attempt_time,
        o.expire_time, o.wait_reason, o.priority, o.piece\s\
      """;

  private static final String PAGE =
      QUEUED
          + """
          FROM outbox o
          JOIN message m ON m.workspace_key = o.workspace_key AND m.id = o.message_id
          WHERE o.workspace_key = ? AND o.channel_key = ? AND o.message_id > ?
            AND o.priority = ? AND o.state <> 'SCHEDULED'
          ORDER BY o.message_id LIMIT ?\
          """;
  private static final String RELEASE =
      """
      UPDATE outbox SET state = 'WAITING', seq = ?, previous_seq = ?, due_time = ?
      WHERE workspace_key = ? AND channel_key = ? AND message_id = ?\
      """;
  private static final String DUE =
      """
      SELECT workspace_key, channel_key, conversation_key, message_id FROM outbox
      WHERE state = 'SCHEDULED' AND due_time <= ? ORDER BY due_time LIMIT ?\
      """;
  private static final String EXPIRED =
      """
      SELECT message_id, conversation_key FROM outbox
      WHERE workspace_key = ? AND channel_key = ? AND message_id > ? AND message_id <= ?
        AND expire_time <= ? AND state = 'WAITING'\
      """;
  private static final String LAST_OF =
      """
      SELECT message_id FROM outbox
      WHERE workspace_key = ? AND channel_key = ? AND message_id > ?
      ORDER BY message_id LIMIT 1 OFFSET ?\
      """;
  private static final String BRIDGE =
      """
      UPDATE outbox SET previous_seq = ?
      WHERE workspace_key = ? AND channel_key = ? AND message_id = ?\
      """;
  private static final String FIND =
      """
      SELECT state, previous_seq, attempt, spent, throttled, due_time, attempt_time, expire_time,
        wait_reason, priority, piece
      FROM outbox WHERE workspace_key = ? AND channel_key = ? AND message_id = ?\
      """;
  private static final Id LARGEST = new Id(-1, -1);
  private static final Priority[] PRIORITIES = Priority.values();

  private Outbox() {}

  /// Adds a message that was just accepted.
  static void insert(Tx tx, Queued queued) {
    OutboxRow row = queued.outbox();
    tx.batch(
        INSERT,
        binds ->
            binds
                .number(queued.workspace())
                .number(queued.channel())
                .id(queued.id())
                .number(queued.conversation())
                .number(queued.seq())
                .number(row.previousSeq())
                .name(row.state())
                .number(row.attempt())
                .number(row.spent())
                .number(row.throttled())
                .time(row.dueTime())
                .time(row.expireTime())
                .number(row.priority().ordinal()));
  }

  /// Stores a changed row; removes it when `row` is null.
  static void store(Tx tx, long workspace, long channel, Id message, @Nullable OutboxRow row) {
    if (row == null) {
      tx.batch(DELETE, binds -> binds.number(workspace).number(channel).id(message));
      return;
    }
    tx.batch(
        UPDATE,
        binds ->
            binds
                .name(row.state())
                .number(row.attempt())
                .number(row.spent())
                .number(row.throttled())
                .time(row.dueTime())
                .time(row.attemptTime())
                .text(row.waitReason())
                .number(row.priority().ordinal())
                .number(row.piece())
                .number(workspace)
                .number(channel)
                .id(message));
  }

  /// Stores that a scheduled message has joined its conversation's queue.
  ///
  /// @param seq its place there
  static void release(Tx tx, long workspace, long channel, Id message, long seq, OutboxRow row) {
    tx.batch(
        RELEASE,
        binds ->
            binds
                .number(seq)
                .number(row.previousSeq())
                .time(row.dueTime())
                .number(workspace)
                .number(channel)
                .id(message));
  }

  /// Some of the scheduled messages of all channels whose time has come, the earliest first.
  public static List<Due> due(Reads reads, Instant now, int limit) {
    return reads.query(
        DUE,
        binds -> binds.time(now).number(limit),
        row -> new Due(row.number(), row.number(), row.number(), row.id()));
  }

  /// Has a message wait for another one than before.
  static void bridge(Tx tx, long workspace, long channel, Id message, long previousSeq) {
    tx.update(
        BRIDGE, binds -> binds.number(previousSeq).number(workspace).number(channel).id(message));
  }

  /// What is still to be done for a message; empty when nothing is.
  static Optional<OutboxRow> find(Reads reads, long workspace, long channel, Id message) {
    return reads.find(
        FIND,
        binds -> binds.number(workspace).number(channel).id(message),
        row -> row(row.name(State.class), row));
  }

  /// A channel's unfinished messages of a priority after one of them, in about the order of their
  /// acceptance; without those whose time has not come.
  public static List<Queued> page(
      Reads reads, long workspace, long channel, Priority priority, Id after, int limit) {
    return reads.query(
        PAGE,
        binds ->
            binds
                .number(workspace)
                .number(channel)
                .id(after)
                .number(priority.ordinal())
                .number(limit),
        Outbox::queued);
  }

  static Queued queued(Row row) throws SQLException {
    return new Queued(
        row.number(),
        row.number(),
        row.number(),
        row.number(),
        row.id(),
        ContentJson.read(row.text(), row.text()),
        MessageStore.template(row.textOrNull()),
        row.idOrNull(),
        row.time(),
        row(row.name(State.class), row));
  }

  /// Those of a channel's next messages whose time to live is over while they wait.
  ///
  /// @param after the message after which to look
  /// @param look at how many messages to look
  public static Look expired(
      Reads reads, long workspace, long channel, Id after, Instant now, int look) {
    Optional<Id> last =
        reads.find(
            LAST_OF,
            binds -> binds.number(workspace).number(channel).id(after).number(look - 1L),
            Row::id);
    List<Expired> expired =
        reads.query(
            EXPIRED,
            binds ->
                binds
                    .number(workspace)
                    .number(channel)
                    .id(after)
                    .id(last.orElse(LARGEST))
                    .time(now),
            row -> new Expired(row.id(), row.number()));
    return new Look(expired, last.orElse(null));
  }

  static OutboxRow row(State state, Row row) throws SQLException {
    return new OutboxRow(
        row.number(),
        state,
        row.smallNumber(),
        row.smallNumber(),
        row.smallNumber(),
        row.time(),
        row.timeOrNull(),
        row.time(),
        row.textOrNull(),
        PRIORITIES[row.smallNumber()],
        row.smallNumber());
  }

  /// A scheduled message whose time has come.
  public record Due(long workspace, long channel, long conversation, Id message) {}

  /// What was found.
  ///
  /// @param last the last message that was looked at; null when there are no more after it
  public record Look(List<Expired> expired, @Nullable Id last) {}

  /// A message whose time to live is over.
  public record Expired(Id message, long conversation) {}
}
