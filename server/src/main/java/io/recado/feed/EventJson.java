package io.recado.feed;

import io.recado.channel.Channels;
import io.recado.conversation.Conversations;
import io.recado.conversation.ToldConversations;
import io.recado.event.Event;
import io.recado.event.EventStore.Logged;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.message.ToldMessages;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Shows events as the API gives them: what each concerns, as of the event. Reads what a page of
/// events needs with a few statements, whatever its length.
final class EventJson {

  private final EventIds ids;
  private final Channels channels;
  private final Conversations conversations;

  EventJson(EventIds ids, Channels channels, Conversations conversations) {
    this.ids = ids;
    this.channels = channels;
    this.conversations = conversations;
  }

  /// Shows events of one workspace.
  List<ShownEvent> show(Reads reads, long workspace, List<Logged> events) {
    Set<Id> messageIds = new LinkedHashSet<>();
    Set<Long> conversationKeys = new LinkedHashSet<>();
    for (Logged logged : events) {
      if (logged.event().message() != null) {
        messageIds.add(logged.event().message());
      }
      if (logged.event().conversation() != null) {
        conversationKeys.add(logged.event().conversation());
      }
    }
    var page =
        new Page(
            reads,
            ToldMessages.read(reads, workspace, messageIds),
            conversations.ids(reads, workspace, conversationKeys));
    List<ShownEvent> shown = new ArrayList<>(events.size());
    events.forEach(logged -> shown.add(show(page, logged)));
    return shown;
  }

  private ShownEvent show(Page page, Logged logged) {
    Event event = logged.event();
    String id = ids.text(logged.position());
    JsonObject json =
        JsonObject.builder()
            .with("id", id)
            .with("type", event.type().wireName())
            .with("timestamp", event.time().toString())
            .with(
                "conversationSequence",
                event.conversation() == null ? null : event.conversationSequence())
            .with("data", data(page, event))
            .build();
    return new ShownEvent(
        logged.position(),
        id,
        event.type(),
        event.time(),
        event.channel(),
        event.conversation(),
        event.conversationSequence(),
        event.message(),
        Json.write(json));
  }

  private JsonObject data(Page page, Event event) {
    JsonObject.Builder data = JsonObject.builder();
    return switch (event.type()) {
      case MESSAGE_CREATED,
          MESSAGE_SENT,
          MESSAGE_DELIVERED,
          MESSAGE_READ,
          MESSAGE_FAILED,
          MESSAGE_RECEIVED ->
          data.with("message", page.messages.asOf(event, conversation(page, event))).build();
      case CONVERSATION_CREATED, CONVERSATION_UPDATED ->
          data.with(
                  "conversation",
                  ToldConversations.asOf(page.reads, event, conversation(page, event)))
              .build();
      case TEMPLATE_UPDATED -> data.with("template", template(page, event)).build();
      case CHANNEL_UPDATED -> data.with("channel", event.change()).build();
      case WEBHOOK_ENDPOINT_DISABLED, WEBHOOK_ENDPOINT_GAP ->
          data.with("webhookEndpoint", event.change()).build();
    };
  }

  /// A template's name is one among its channel's.
  private JsonObject template(Page page, Event event) {
    return JsonObject.builder()
        .withAll(event.change())
        .with("channel", channels.name(page.reads, event.channel()))
        .build();
  }

  private String conversation(Page page, Event event) {
    Id id = page.conversationIds.get(event.conversation());
    if (id == null) {
      throw new IllegalStateException("a conversation's key without a row");
    }
    return channels.name(page.reads, event.channel()) + "/conversations/" + id;
  }

  /// What was read for a page.
  private record Page(Reads reads, ToldMessages messages, Map<Long, Id> conversationIds) {}
}
