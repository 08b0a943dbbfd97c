package io.recado.conversation;

import io.recado.event.EventType;
import io.recado.http.request.ApiError;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Marks everything that a person has written as read by us.
public record MarkRead(long workspace, long channel, long conversation, Instant now)
    implements Write<Optional<String>> {

  private static final String READ =
      """
      UPDATE message SET status = 'READ', read_time = ?, update_time = ?
      WHERE workspace_key = ? AND direction = 'INBOUND' AND status = 'DELIVERED'
        AND id IN (/*keys*/)
      RETURNING seq, id, provider_message_id\
      """;

  /// So many places are looked at together.
  private static final int PART = 64;

  @Override
  public long lane() {
    return channel;
  }

  @Override
  public void prepare(Tx tx) {
    ConversationStates.want(tx, workspace, conversation);
  }

  /// The provider's id of the last message that was read now; empty when nothing was unread.
  @Override
  public Optional<String> apply(Tx tx) {
    ConversationStates.State state =
        ConversationStates.find(tx, conversation)
            .orElseThrow(() -> ApiError.notFound("conversation"));
    if (state.unread() == 0) {
      return Optional.empty();
    }
    tx.changed();
    // A message that came in with this very group must be there to be marked.
    tx.sendBatches();
    List<Read> read = read(tx, state);
    state.markRead();
    JsonObject change =
        JsonObject.builder()
            .with("status", "READ")
            .with("updateTime", now.toString())
            .with("readTime", now.toString())
            .build();
    // The database returns them in any order.
    List<Read> inOrder = read.stream().sorted(Comparator.comparingLong(Read::seq)).toList();
    inOrder.forEach(one -> state.append(tx, EventType.MESSAGE_READ, now, channel, one.id, change));
    Conversation after = ConversationStore.current(tx, workspace, conversation).orElseThrow();
    state.append(
        tx,
        EventType.CONVERSATION_UPDATED,
        now,
        channel,
        null,
        ToldConversations.change(after, List.of("unreadCount")));
    return inOrder.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(inOrder.getLast().providerMessageId);
  }

  /// From the newest back, as far as something is unread: the conversation may be long, and never
  /// have been read.
  private List<Read> read(Tx tx, ConversationStates.State state) {
    List<Read> read = new ArrayList<>();
    for (long end = state.places().last();
        end > state.readSeq() && read.size() < state.unread();
        end -= PART) {
      read.addAll(
          tx.queryMany(
              READ,
              "?",
              binds -> binds.time(now).time(now).number(workspace),
              state.places().between(tx, Math.max(state.readSeq() + 1, end - PART + 1), end),
              (binds, place) -> binds.id(place.message()),
              row -> new Read(row.number(), row.id(), row.textOrNull())));
    }
    return read;
  }

  private record Read(long seq, Id id, @Nullable String providerMessageId) {}
}
