package io.recado.message;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.channel.Channel;
import io.recado.connector.Reason;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The outbound message that a person does something about.
public record MessageTarget(Channel channel, Identity conversation, Id id) {

  /// Its resource name.
  String name() {
    return conversationName() + "/messages/" + id;
  }

  /// The resource name of its conversation.
  String conversationName() {
    return Messages.name(channel, conversation.id());
  }

  /// Asks for it, in a write's `prepare`.
  void want(Tx tx) {
    MessageStates.want(tx, channel.workspace(), conversation.key(), id);
  }

  /// It as it stands.
  ///
  /// @throws ApiError `RESOURCE_NOT_FOUND` when it was deleted meanwhile
  MessageStates.Entry require(Tx tx) {
    return MessageStates.find(tx, id).orElseThrow(() -> ApiError.notFound(name()));
  }

  /// Ends it as `CANCELLED`: nothing more is done for it, and whoever waits behind it goes on.
  ///
  /// @param told of it once it is durable
  void cancel(Tx tx, MessageStates.Entry entry, Instant now, Settled told) {
    entry.report(tx, MessageStatus.FAILED, Failure.of(Reason.CANCELLED), now);
    entry.withdraw(tx);
    tx.afterCommit(() -> told.settled(channel.key(), conversation.key(), id));
  }

  /// Writes down who did something about it.
  void audit(Tx tx, AuditStamp stamp, MessageAction action, JsonObject details) {
    AuditLog.append(tx, channel.workspace(), stamp, action.auditName(), name(), details);
  }

  /// A refusal because of the state in which the message is.
  ApiError refusal(ErrorReason reason, MessageStates.Entry entry, String sentence) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("resource", name());
    metadata.put("status", entry.progress().status().name());
    OutboxRow row = entry.outbox();
    if (row != null) {
      metadata.put("queueState", row.state().name());
    }
    return ApiError.of(reason, sentence, metadata);
  }
}
