package io.recado.conversation;

import io.recado.conversation.ConversationStore.Identity;
import io.recado.journal.Reads;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.util.function.BiFunction;

/// Finds or makes a conversation at a caller's request, and answers with it.
///
/// @param json makes the answer
record CreateConversation(
    OpenConversation opening, BiFunction<Reads, Conversation, JsonObject> json)
    implements Write<JsonObject> {

  @Override
  public long workspace() {
    return opening.workspace();
  }

  @Override
  public long lane() {
    return opening.lane();
  }

  @Override
  public JsonObject apply(Tx tx) {
    Identity identity = opening.apply(tx);
    Conversation conversation =
        ConversationStore.current(tx, identity.workspace(), identity.key()).orElseThrow();
    return json.apply(tx, conversation);
  }
}
