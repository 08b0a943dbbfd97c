package io.recado.conversation;

import io.recado.conversation.ConversationStore.Condition;
import io.recado.conversation.ConversationStore.Place;
import io.recado.journal.Reads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A search in a channel's inbox, which looks at so many conversations for a page at the most:
/// where next to nothing fits, a page ends early and says where to go on. So no search keeps a
/// reader from the others for long.
///
/// @param most how many conversations are looked at for one page
record InboxSearch(long workspace, long channel, Condition condition, int most) {

  /// Looked at within a few hundredths of a second.
  static final int LOOKED_AT = 5_000;

  private static final String LAST =
      """
      SELECT c.inbox_time, c.conversation_key FROM conversation c
      WHERE c.workspace_key = ? AND c.channel_key = ?
        AND (c.inbox_time, c.conversation_key) < (?, ?)\
      """
          + ConversationStore.NEWEST_FIRST
          + " OFFSET ?";

  /// A page of what is searched for, latest activity first.
  ///
  /// @param before the place after which it goes on
  Found page(Reads reads, Place before, int limit) {
    Place last = condition.isSelective() ? null : last(reads, before);
    Condition within = last == null ? condition : condition.downTo(last);
    return new Found(
        ConversationStore.inbox(reads, workspace, channel, before, within, limit), last);
  }

  private @Nullable Place last(Reads reads, Place before) {
    return reads
        .find(
            LAST,
            binds ->
                binds
                    .number(workspace)
                    .number(channel)
                    .number(before.inboxTime())
                    .number(before.key())
                    .number(1)
                    .number(most - 1),
            row -> new Place(row.number(), row.number()))
        .orElse(null);
  }

  /// What was found.
  ///
  /// @param last the last conversation that was looked at, when there may be more after it
  record Found(List<Conversation> rows, @Nullable Place last) {}
}
