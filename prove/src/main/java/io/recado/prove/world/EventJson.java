package io.recado.prove.world;

import io.recado.prove.ledger.Event;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads events as the API and webhooks show them.
final class EventJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EventJson() {}

  /// Null when it is no event.
  static @Nullable Event parse(byte[] body) {
    try {
      return read(JSON.readTree(body));
    } catch (JacksonException | DateTimeParseException _) {
      return null;
    }
  }

  static Event read(JsonNode json) {
    String message = json.at("/data/message/name").asString("");
    int end = message.indexOf("/messages/");
    return new Event(
        json.path("id").asString(""),
        json.path("type").asString(""),
        Instant.parse(json.path("timestamp").asString()),
        end < 0 ? json.at("/data/conversation/name").asString("") : message.substring(0, end),
        json.path("conversationSequence").asLong(0),
        message,
        contents(json));
  }

  /// All but the names of people in a conversation, which are those of today.
  private static int contents(JsonNode json) {
    JsonNode asOfTheEvent = json.deepCopy();
    if (asOfTheEvent.at("/data/conversation") instanceof ObjectNode conversation) {
      conversation.remove(List.of("contact", "assignee"));
    }
    return asOfTheEvent.hashCode();
  }
}
