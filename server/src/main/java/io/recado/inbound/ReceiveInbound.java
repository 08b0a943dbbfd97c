package io.recado.inbound;

import io.recado.connector.ProviderEvent.MessageReceived;
import io.recado.conversation.ConversationStates;
import io.recado.event.EventType;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import io.recado.message.Message;
import io.recado.message.MessageStatus;
import io.recado.message.MessageStore;
import io.recado.message.Progress;
import io.recado.message.Receipts;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Stores a person's message, once: a second time under the same provider's name it changes
/// nothing.
///
/// @param id of the new message
/// @param replyTo the message that it answers; null when none is known
/// @param payload what the provider sent, sealed
/// @param touched told of the conversation once it is durable
public record ReceiveInbound(
    long workspace,
    long channel,
    long conversation,
    Id id,
    MessageReceived received,
    @Nullable Id replyTo,
    byte[] payload,
    Instant now,
    Runnable touched)
    implements Write<Boolean> {

  @Override
  public long lane() {
    return channel;
  }

  @Override
  public void prepare(Tx tx) {
    ConversationStates.want(tx, workspace, conversation);
  }

  /// Whether it was new.
  @Override
  public Boolean apply(Tx tx) {
    ConversationStates.State state = ConversationStates.find(tx, conversation).orElseThrow();
    if (!Receipts.takeName(tx, workspace, channel, received.providerMessageId(), id)) {
      return false;
    }
    boolean isTimed = received.providerTime().isAfter(Instant.EPOCH);
    long seq = state.nextInbound(id, now, isTimed ? received.providerTime() : now);
    MessageStore.receive(tx, message(seq));
    RawPayloads.keep(tx, workspace, channel, id, now, null, payload);
    state.append(tx, EventType.MESSAGE_RECEIVED, now, channel, id, JsonObject.empty());
    tx.afterCommit(touched);
    return true;
  }

  private Message message(long seq) {
    return new Message(
        workspace,
        channel,
        conversation,
        seq,
        id,
        Message.Direction.INBOUND,
        received.content(),
        null,
        Map.of(),
        replyTo,
        received.providerMessageId(),
        now,
        null,
        null,
        null,
        Progress.begin(MessageStatus.DELIVERED, now));
  }
}
