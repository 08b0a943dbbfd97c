package io.recado.message;

import io.recado.access.AuditStamp;
import io.recado.http.request.ErrorReason;
import io.recado.journal.IdempotencyKeys;
import io.recado.journal.Tx;
import io.recado.json.JsonObject;
import io.recado.message.AcceptMessage.Accepted;
import io.recado.message.MessageStates.Entry;
import io.recado.message.OutboxRow.State;

/// Sends a message that failed or is in doubt once more, as a new message at the end of its
/// conversation's queue. The old one stays as it is.
///
/// @param accept accepts the new one
record ResendMessage(MessageTarget target, AcceptMessage accept, AuditStamp stamp)
    implements TargetWrite<Accepted> {

  @Override
  public void prepare(Tx tx) {
    accept.prepare(tx);
    target.want(tx);
  }

  /// @throws io.recado.http.request.ApiError `RESOURCE_NOT_FOUND`; `MESSAGE_NOT_FAILED`; whatever
  ///   accepting a message is refused for
  @Override
  public Accepted apply(Tx tx) {
    if (isRepeated(tx)) {
      return accept.apply(tx);
    }
    Entry entry = target.require(tx);
    refuseOthers(entry);
    Accepted accepted = accept.apply(tx);
    MessageStore.noteResend(tx, workspace(), accepted.id(), target.id());
    target.audit(
        tx,
        stamp,
        MessageAction.RESEND,
        JsonObject.builder()
            .with("message", target.conversationName() + "/messages/" + accepted.id())
            .build());
    return accepted;
  }

  private boolean isRepeated(Tx tx) {
    return accept.key().flatMap(key -> tx.part(IdempotencyKeys.KIND).find(key)).isPresent();
  }

  private void refuseOthers(Entry entry) {
    OutboxRow row = entry.outbox();
    MessageStatus status = entry.progress().status();
    if (row == null && status == MessageStatus.FAILED
        || row != null && row.state() == State.IN_DOUBT) {
      return;
    }
    throw target.refusal(ErrorReason.MESSAGE_NOT_FAILED, entry, sentence(row, status));
  }

  private static String sentence(OutboxRow row, MessageStatus status) {
    if (row == null) {
      return "The message is %s; only one that failed or is in doubt can be sent again. Send a new one."
          .formatted(status);
    }
    return switch (row.state()) {
      case IN_FLIGHT -> "The message is on its way to the provider; repeat the call if it fails.";
      case HELD ->
          "The provider has the message and holds it back; wait for a receipt, or give it up first"
              + " with :giveUp.";
      default -> "The message is still to be sent; wait for it, or take it back first with DELETE.";
    };
  }
}
