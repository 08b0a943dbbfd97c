package io.recado.conversation;

import io.recado.conversation.ConversationStore.Identity;
import io.recado.http.request.ApiError;
import io.recado.journal.Reads;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.util.function.BiFunction;

/// Changes nothing and answers with the conversation: for what is done once for each idempotency
/// key and leaves no other trace.
///
/// @param json makes the answer
record ShowConversation(Identity conversation, BiFunction<Reads, Conversation, JsonObject> json)
    implements Write<JsonObject> {

  @Override
  public long workspace() {
    return conversation.workspace();
  }

  @Override
  public long lane() {
    return conversation.channel();
  }

  @Override
  public JsonObject apply(Tx tx) {
    return ConversationStore.current(tx, conversation.workspace(), conversation.key())
        .map(current -> json.apply(tx, current))
        .orElseThrow(() -> ApiError.notFound("conversation"));
  }
}
