package io.recado.event;

import java.util.Arrays;
import java.util.Optional;

/// What can happen. The name is stored; the wire name is the public one and never changes its
/// meaning.
public enum EventType {
  MESSAGE_CREATED("message.created"),
  MESSAGE_SENT("message.sent"),
  MESSAGE_DELIVERED("message.delivered"),
  MESSAGE_READ("message.read"),
  MESSAGE_FAILED("message.failed"),
  MESSAGE_RECEIVED("message.received"),
  CONVERSATION_CREATED("conversation.created"),
  CONVERSATION_UPDATED("conversation.updated"),
  TEMPLATE_UPDATED("template.updated"),
  CHANNEL_UPDATED("channel.updated"),
  WEBHOOK_ENDPOINT_DISABLED("webhookEndpoint.disabled"),
  WEBHOOK_ENDPOINT_GAP("webhookEndpoint.gap");

  private final String wireName;

  EventType(String wireName) {
    this.wireName = wireName;
  }

  /// The type of a name in the API; empty when there is none.
  public static Optional<EventType> find(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
  }

  /// The name in the API, such as `message.sent`.
  public String wireName() {
    return wireName;
  }
}
