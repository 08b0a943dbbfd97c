package io.recado.benchmarks;

import io.recado.connector.Content;
import io.recado.connector.Identifier;
import io.recado.conversation.ConversationStates;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.OpenConversation;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.message.Message;
import io.recado.message.Message.Direction;
import io.recado.message.MessageStatus;
import io.recado.message.MessageStore;
import io.recado.message.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts conversations and messages into a database through the journal, thousands with each commit.
final class Filling {

  private static final String TEXT = "Your order has been confirmed. ".repeat(4);

  private Filling() {}

  /// Opens some conversations.
  record Open(long workspace, long channel, int from, int to, Ids ids, Instant now)
      implements Write<List<Identity>> {

    @Override
    public List<Identity> apply(Tx tx) {
      List<Identity> opened = new ArrayList<>(to - from);
      for (int i = from; i < to; i++) {
        List<Identifier> contact = List.of(Identifier.phone("+57" + (3_000_000_000L + i)));
        var open =
            new OpenConversation(workspace, channel, ids.next(), contact, "Person " + i, now);
        opened.add(open.apply(tx));
      }
      return opened;
    }
  }

  /// Adds one received message to each of some conversations.
  record Receive(List<Identity> conversations, Ids ids, Instant now) implements Write<Void> {

    @Override
    public long workspace() {
      return conversations.getFirst().workspace();
    }

    @Override
    public void prepare(Tx tx) {
      conversations.forEach(
          conversation ->
              ConversationStates.want(tx, conversation.workspace(), conversation.key()));
    }

    @Override
    public @Nullable Void apply(Tx tx) {
      for (Identity conversation : conversations) {
        var state = ConversationStates.find(tx, conversation.key()).orElseThrow();
        Id id = ids.next();
        MessageStore.receive(tx, message(conversation, state.nextInbound(id, now, now), id, now));
      }
      return null;
    }
  }

  private static Message message(Identity conversation, long seq, Id id, Instant now) {
    return new Message(
        conversation.workspace(),
        conversation.channel(),
        conversation.key(),
        seq,
        id,
        Direction.INBOUND,
        new Content.Text(TEXT),
        null,
        Map.of(),
        null,
        null,
        now,
        null,
        null,
        null,
        Progress.begin(MessageStatus.DELIVERED, now));
  }
}
