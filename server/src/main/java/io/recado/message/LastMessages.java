package io.recado.message;

import io.recado.conversation.Conversation;
import io.recado.journal.Reads;
import io.recado.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// The newest message of a conversation, for the lists of conversations.
public final class LastMessages {

  private LastMessages() {}

  /// As the API gives it; null when the conversation is empty.
  ///
  /// @param name the conversation's resource name
  public static @Nullable JsonObject find(Reads reads, Conversation conversation, String name) {
    return conversation.newest() == null
        ? null
        : MessageStore.find(reads, conversation.workspace(), conversation.newest())
            .map(message -> MessageJson.of(message, name))
            .orElse(null);
  }
}
