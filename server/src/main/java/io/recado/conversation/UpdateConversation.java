package io.recado.conversation;

import io.recado.event.EventType;
import io.recado.http.request.ApiError;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes what people may change of a conversation. A change that is null leaves the field as it
/// is.
public record UpdateConversation(
    long workspace, long channel, long conversation, Change change, Instant now)
    implements Write<Void> {

  @Override
  public long lane() {
    return channel;
  }

  @Override
  public void prepare(Tx tx) {
    ConversationStates.want(tx, workspace, conversation);
  }

  @Override
  public @Nullable Void apply(Tx tx) {
    Conversation before =
        ConversationStore.find(tx, workspace, conversation)
            .orElseThrow(() -> ApiError.notFound("conversation"));
    Conversation after = change.applyTo(before, now);
    if (!after.equals(before)) {
      ConversationStore.update(tx, after);
      ConversationStates.find(tx, conversation)
          .orElseThrow()
          .append(
              tx,
              EventType.CONVERSATION_UPDATED,
              now,
              channel,
              null,
              ToldConversations.change(after, change.fields()));
    }
    return null;
  }

  /// What is changed; an empty text clears the field.
  public record Change(
      Optional<String> displayName,
      Optional<Conversation.State> state,
      Optional<String> assignee,
      Optional<List<String>> labels) {

    private Conversation applyTo(Conversation before, Instant now) {
      Conversation after = with(before, before.updateTime());
      return after.equals(before) ? before : with(before, now);
    }

    private Conversation with(Conversation before, Instant updateTime) {
      return new Conversation(
          before.key(),
          before.workspace(),
          before.channel(),
          before.id(),
          changed(displayName, before.displayName()),
          before.phoneNumber(),
          state.orElse(before.state()),
          changed(assignee, before.assignee()),
          labels.orElse(before.labels()),
          before.unread(),
          before.createTime(),
          updateTime,
          before.activityTime(),
          before.lastInboundTime(),
          before.inboxTime(),
          before.newest());
    }

    private List<String> fields() {
      List<String> fields = new ArrayList<>();
      displayName.ifPresent(_ -> fields.add("contact.displayName"));
      state.ifPresent(_ -> fields.add("state"));
      assignee.ifPresent(_ -> fields.add("assignee"));
      labels.ifPresent(_ -> fields.add("labels"));
      return fields;
    }

    private static @Nullable String changed(Optional<String> change, @Nullable String before) {
      return change
          .map(text -> text.isEmpty() ? null : text)
          .orElse(change.isPresent() ? null : before);
    }
  }
}
