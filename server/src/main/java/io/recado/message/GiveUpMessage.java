package io.recado.message;

import io.recado.access.AuditStamp;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Tx;
import io.recado.json.JsonObject;
import io.recado.message.MessageStates.Entry;

/// Settles a message that waits or is in doubt as `CANCELLED`. What a receipt proves later corrects
/// it, as [Progress] has it.
///
/// @param message as it was stored when it was asked for
record GiveUpMessage(MessageTarget target, Message message, AuditStamp stamp, Settled told)
    implements TargetWrite<JsonObject> {

  /// The message as it is now.
  ///
  /// @throws io.recado.http.request.ApiError `RESOURCE_NOT_FOUND`; `MESSAGE_STARTED`;
  ///   `MESSAGE_SETTLED`
  @Override
  public JsonObject apply(Tx tx) {
    Entry entry = target.require(tx);
    OutboxRow row = entry.outbox();
    if (row == null) {
      throw target.refusal(
          ErrorReason.MESSAGE_SETTLED,
          entry,
          "The message is %s already, so there is nothing left to give up."
              .formatted(entry.progress().status()));
    }
    if (row.state() == OutboxRow.State.IN_FLIGHT) {
      throw target.refusal(
          ErrorReason.MESSAGE_STARTED,
          entry,
          "The message is on its way to the provider at this moment; repeat the call when its"
              + " attempt has ended.");
    }
    target.cancel(tx, entry, stamp.time(), told);
    target.audit(
        tx,
        stamp,
        MessageAction.GIVE_UP,
        JsonObject.builder().with("queueState", row.state().name()).build());
    return MessageJson.of(message.at(entry.progress()), target.conversationName());
  }
}
