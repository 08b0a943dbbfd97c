package io.recado.message;

import io.recado.conversation.Places;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import java.util.List;

/// A conversation as the person on its other side has it: what they wrote, and what was handed over
/// to them.
public final class SharedMessages {

  private static final String READ_SEQ =
      """
      SELECT read_seq FROM conversation_state WHERE workspace_key = ? AND conversation_key = ?\
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
    return shared(reads, workspace, conversation).after(seq, limit);
  }

  /// What comes before a place, newest first.
  public static List<Message> before(
      Reads reads, long workspace, long conversation, long seq, int limit) {
    return shared(reads, workspace, conversation).before(seq, limit);
  }

  /// How far a conversation has got.
  ///
  /// Read before the messages themselves: then all that is shared up to [Standing#settledSeq] is
  /// among them, and nothing comes to be shared there later.
  ///
  /// @param after the place from which on unfinished messages are looked for
  public static Standing standing(
      Reads reads, long workspace, long channel, long conversation, long after) {
    // First the places: a message that gets one beyond them is not looked for.
    Places places = Places.of(reads, workspace, conversation);
    long from = Math.max(after, places.last() - LOOK_BACK) + 1;
    long settled =
        new ConversationOutbox(reads, workspace, channel, places)
            .between(from, places.last()).stream()
                .filter(row -> row.state() != OutboxRow.State.SCHEDULED)
                .findFirst()
                .map(row -> row.seq() - 1)
                .orElse(places.last());
    return new Standing(
        settled,
        reads
            .find(READ_SEQ, binds -> binds.number(workspace).number(conversation), Row::number)
            .orElse(0L));
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

  private static ConversationMessages shared(Reads reads, long workspace, long conversation) {
    return ConversationMessages.of(reads, workspace, conversation).only(SharedMessages::isShared);
  }

  private static boolean isShared(Message message) {
    return message.direction() == Message.Direction.INBOUND
        || switch (message.progress().status()) {
          case SENT, DELIVERED, READ -> true;
          case SENDING, FAILED -> false;
        };
  }

  /// How far a conversation has got.
  ///
  /// @param settledSeq up to there nothing will come to be shared any more; what is scheduled takes
  ///   another place when it is said
  /// @param readSeq up to there we have read what the person wrote
  public record Standing(long settledSeq, long readSeq) {}
}
