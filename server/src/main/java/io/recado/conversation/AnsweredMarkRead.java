package io.recado.conversation;

import io.recado.journal.Reads;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// Marks a conversation as read and answers with it, as it is in the same transaction.
///
/// @param read is given the provider's id of the last message that was read by this very change, if
///   there is one; called on the writer's thread, again when the group is applied again
/// @param json makes the answer
record AnsweredMarkRead(
    MarkRead write, Consumer<String> read, BiFunction<Reads, Conversation, JsonObject> json)
    implements Write<JsonObject> {

  @Override
  public long workspace() {
    return write.workspace();
  }

  @Override
  public long lane() {
    return write.lane();
  }

  @Override
  public void prepare(Tx tx) {
    write.prepare(tx);
  }

  @Override
  public JsonObject apply(Tx tx) {
    write.apply(tx).ifPresent(read);
    Conversation marked =
        ConversationStore.current(tx, write.workspace(), write.conversation()).orElseThrow();
    return json.apply(tx, marked);
  }
}
