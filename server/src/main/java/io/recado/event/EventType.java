package io.recado.event;

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
  CHANNEL_UPDATED("channel.updated");

  private final String wireName;

  EventType(String wireName) {
    this.wireName = wireName;
  }

  /// The name in the API, such as `message.sent`.
  public String wireName() {
    return wireName;
  }
}
