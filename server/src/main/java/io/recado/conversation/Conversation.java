package io.recado.conversation;

import io.recado.connector.Address;
import io.recado.connector.Identifier;
import io.recado.journal.Id;
import io.recado.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All messages with one contact on one channel.
///
/// @param key its integer in the database; never on the wire
/// @param displayName what the contact is called; null when unknown
/// @param phoneNumber in E.164; null when unknown
/// @param assignee free text; null when nobody
/// @param unread how many inbound messages are unread
/// @param activityTime when its last message came or was accepted
/// @param lastInboundTime when the person last wrote; null when never
/// @param newest its last message; null when it has none
public record Conversation(
    long key,
    long workspace,
    long channel,
    Id id,
    @Nullable String displayName,
    @Nullable String phoneNumber,
    State state,
    @Nullable String assignee,
    List<String> labels,
    long unread,
    Instant createTime,
    Instant updateTime,
    Instant activityTime,
    @Nullable Instant lastInboundTime,
    long inboxTime,
    @Nullable Id newest) {

  /// Copies the list.
  public Conversation {
    labels = List.copyOf(labels);
  }

  /// What people have made of it.
  public enum State {
    OPEN,
    CLOSED
  }

  /// As the API gives it.
  ///
  /// @param channel the channel's id
  /// @param address every name of the contact
  /// @param isTyping whether the contact is writing now
  /// @param lastMessage as the API gives it; null when there is none
  public JsonObject toJson(
      Id channel,
      Address address,
      boolean isTyping,
      ServiceWindow window,
      @Nullable JsonObject lastMessage) {
    Instant openUntil = window.openUntil(lastInboundTime);
    return JsonObject.builder()
        .with("name", "channels/" + channel + "/conversations/" + id)
        .with("createTime", createTime.toString())
        .with("updateTime", lastChange().toString())
        .with("contact", isTyping ? typing(contact(address)) : contact(address))
        .with("state", state.name())
        .with("lastMessage", lastMessage)
        .with("unreadCount", unread)
        .with(
            "serviceWindow",
            openUntil == null
                ? null
                : JsonObject.builder().with("openUntil", openUntil.toString()).build())
        .with("labels", labels)
        .with("assignee", assignee)
        .build();
  }

  private static JsonObject typing(JsonObject contact) {
    return JsonObject.builder().withAll(contact).with("typing", true).build();
  }

  /// When anything about it last changed.
  Instant lastChange() {
    return activityTime.isAfter(updateTime) ? activityTime : updateTime;
  }

  /// The contact as the API gives it.
  JsonObject contact(Address address) {
    JsonObject.Builder userIds = JsonObject.builder();
    for (Identifier identifier : address.identifiers()) {
      if (!identifier.scheme().equals(Identifier.PHONE)) {
        userIds.with(identifier.scheme(), identifier.value());
      }
    }
    JsonObject ids = userIds.build();
    return JsonObject.builder()
        .with("displayName", displayName)
        .with("phoneNumber", phoneNumber)
        .with("userIds", ids.fields().isEmpty() ? null : ids)
        .with("optedOut", false)
        .build();
  }
}
