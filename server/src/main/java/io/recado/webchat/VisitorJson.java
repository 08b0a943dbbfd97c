package io.recado.webchat;

import io.recado.connector.Content;
import io.recado.json.JsonObject;
import io.recado.message.Message;
import io.recado.message.Message.Direction;
import org.jspecify.annotations.Nullable;

/// Messages as a visitor has them: without what is the business's own, such as metadata.
final class VisitorJson {

  private VisitorJson() {}

  static JsonObject message(Message message) {
    boolean isTheirs = message.direction() == Direction.INBOUND;
    return JsonObject.builder()
        .with("id", message.id().toString())
        .with("seq", message.seq())
        .with("from", isTheirs ? "VISITOR" : "BUSINESS")
        .with("createTime", message.createTime().toString())
        .with("status", message.progress().status().name())
        .with("contentType", message.content() instanceof Content.Text ? "TEXT" : "UNSUPPORTED")
        .with("text", message.content() instanceof Content.Text text ? text.text() : null)
        .with("clientMessageId", isTheirs ? clientMessageId(message.providerMessageId()) : null)
        .with("replyTo", message.replyTo() == null ? null : message.replyTo().toString())
        .build();
  }

  /// The name under which a message of a visitor is kept: of its conversation, so that no visitor
  /// takes another's.
  static String providerMessageId(Object conversation, String clientMessageId) {
    return conversation + ":" + clientMessageId;
  }

  private static @Nullable String clientMessageId(@Nullable String providerMessageId) {
    return providerMessageId == null
        ? null
        : providerMessageId.substring(providerMessageId.indexOf(':') + 1);
  }
}
