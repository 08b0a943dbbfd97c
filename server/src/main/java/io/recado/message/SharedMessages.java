package io.recado.message;

import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import java.util.List;
import java.util.Optional;

/// A conversation as the person on its other side has it: what they wrote, and what was handed over
/// to them.
public final class SharedMessages {

  private static final String SHARED =
      "SELECT "
          + MessageStore.COLUMNS
          + """
           FROM message m
          WHERE m.workspace_key = ? AND m.conversation_key = ?
            AND (m.direction = 'INBOUND' OR m.status IN ('SENT', 'DELIVERED', 'READ'))\
          """;
  static final String AFTER = SHARED + " AND m.seq > ? ORDER BY m.seq LIMIT ?";
  static final String BEFORE = SHARED + " AND m.seq < ? ORDER BY m.seq DESC LIMIT ?";
  private static final String COUNTERS =
      """
      SELECT message_seq, read_seq FROM conversation_state
      WHERE workspace_key = ? AND conversation_key = ?\
      """;
  static final String FIRST_UNFINISHED =
      """
      SELECT m.seq FROM message m
      JOIN outbox o ON o.workspace_key = m.workspace_key AND o.channel_key = m.channel_key
        AND o.message_id = m.id
      WHERE m.workspace_key = ? AND m.conversation_key = ? AND m.seq > ? AND o.channel_key = ?
        AND o.state <> 'SCHEDULED'
      ORDER BY m.seq LIMIT 1\
      """;
  private static final String HANDED_OVER =
      """
      SELECT m.id FROM message m
      WHERE m.workspace_key = ? AND m.conversation_key = ? AND m.direction = 'OUTBOUND'
        AND m.status IN ('SENT', 'DELIVERED', 'READ') AND m.id IN (/*keys*/)\
      """;

  /// Further back nothing is looked for: whatever a channel holds back for so long is seen when the
  /// page is opened again.
  private static final int LOOK_BACK = 1_000;

  private SharedMessages() {}

  /// What comes after a place, oldest first.
  public static List<Message> after(
      Reads reads, long workspace, long conversation, long seq, int limit) {
    return page(reads, AFTER, workspace, conversation, seq, limit);
  }

  /// What comes before a place, newest first.
  public static List<Message> before(
      Reads reads, long workspace, long conversation, long seq, int limit) {
    return page(reads, BEFORE, workspace, conversation, seq, limit);
  }

  /// How far a conversation has got.
  ///
  /// Read before the messages themselves: then all that is shared up to [Standing#settledSeq] is
  /// among them, and nothing comes to be shared there later.
  ///
  /// @param after the place from which on unfinished messages are looked for
  public static Standing standing(
      Reads reads, long workspace, long channel, long conversation, long after) {
    // First the counter: a message that gets a number beyond it is not looked for.
    List<Long> counters =
        reads
            .find(
                COUNTERS,
                binds -> binds.number(workspace).number(conversation),
                row -> List.of(row.number(), row.number()))
            .orElse(List.of(0L, 0L));
    long last = counters.get(0);
    long from = Math.max(after, last - LOOK_BACK);
    Optional<Long> unfinished =
        reads.find(
            FIRST_UNFINISHED,
            binds -> binds.number(workspace).number(conversation).number(from).number(channel),
            Row::number);
    return new Standing(
        unfinished.map(seq -> Math.min(last, seq - 1)).orElse(last), counters.get(1));
  }

  /// Those of some messages that are of this conversation and were handed over to the person.
  public static List<Id> handedOver(Reads reads, long workspace, long conversation, List<Id> ids) {
    return reads.queryMany(
        HANDED_OVER,
        "?",
        binds -> binds.number(workspace).number(conversation),
        ids,
        (binds, id) -> binds.id(id),
        Row::id);
  }

  private static List<Message> page(
      Reads reads, String sql, long workspace, long conversation, long seq, int limit) {
    return reads.query(
        sql,
        binds -> binds.number(workspace).number(conversation).number(seq).number(limit),
        MessageStore::message);
  }

  /// How far a conversation has got.
  ///
  /// @param settledSeq up to there nothing will come to be shared any more; what is scheduled takes
  ///   another place when it is said
  /// @param readSeq up to there we have read what the person wrote
  public record Standing(long settledSeq, long readSeq) {}
}
