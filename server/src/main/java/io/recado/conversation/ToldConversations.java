package io.recado.conversation;

import io.recado.connector.Address;
import io.recado.event.Event;
import io.recado.journal.Reads;
import io.recado.json.JsonObject;
import java.util.List;

/// Conversations as their events tell of them.
///
/// An event holds what it changed, but no person's name: names stand in one place, so that an
/// erased person leaves none in the log. They are shown as they are when the event is read.
public final class ToldConversations {

  private ToldConversations() {}

  /// What an event holds of a conversation.
  ///
  /// @param fields what was changed, by the API's names
  static JsonObject change(Conversation after, List<String> fields) {
    return JsonObject.builder()
        .with("fields", fields)
        .with("state", after.state().name())
        .with("labels", after.labels())
        .with("unreadCount", after.unread())
        .with("updateTime", after.lastChange().toString())
        .build();
  }

  /// The conversation of an event, as the API gave it right after that event: without its last
  /// message and its window, which messages' events tell of.
  ///
  /// @param name its resource name
  public static JsonObject asOf(Reads reads, Event event, String name) {
    long key = event.conversation();
    JsonObject change = event.change();
    JsonObject.Builder json = JsonObject.builder().with("name", name);
    ConversationStore.find(reads, event.workspace(), key)
        .ifPresent(
            conversation -> {
              Address address = Identifiers.address(reads, event.workspace(), key);
              json.with("createTime", conversation.createTime().toString())
                  .with("updateTime", conversation.createTime().toString())
                  .with("contact", conversation.contact(address))
                  .with("state", Conversation.State.OPEN.name())
                  .with("unreadCount", 0)
                  .with("labels", List.of())
                  .with("assignee", conversation.assignee());
            });
    for (String field : List.of("updateTime", "state", "unreadCount", "labels")) {
      json.with(field, change.value(field));
    }
    return json.build();
  }
}
