package io.recado.message;

import io.recado.access.AuditStamp;
import io.recado.connector.Reason;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Tx;
import io.recado.json.JsonObject;
import io.recado.message.MessageStates.Entry;

/// Takes back a message that has surely not left: it fails as `CANCELLED`, and whoever waits behind
/// it goes on. Taking it back again changes nothing.
///
/// The conversation's lock decides between this and the start of an attempt: one of them finds that
/// the other was first.
record CancelMessage(MessageTarget target, AuditStamp stamp, Settled told)
    implements TargetWrite<Void> {

  /// @throws io.recado.http.request.ApiError `RESOURCE_NOT_FOUND`; `MESSAGE_STARTED`;
  ///   `MESSAGE_SETTLED`
  @Override
  public Void apply(Tx tx) {
    Entry entry = target.require(tx);
    OutboxRow row = entry.outbox();
    if (row == null) {
      Failure failure = entry.progress().failure();
      if (failure != null && failure.reason() == Reason.CANCELLED) {
        return null;
      }
      throw target.refusal(
          ErrorReason.MESSAGE_SETTLED,
          entry,
          "The message is %s already, so there is nothing left to take back."
              .formatted(entry.progress().status()));
    }
    refuseStarted(tx, entry, row);
    target.cancel(tx, entry, stamp.time(), told);
    target.audit(
        tx,
        stamp,
        MessageAction.CANCEL,
        JsonObject.builder().with("queueState", row.state().name()).build());
    return null;
  }

  private void refuseStarted(Tx tx, Entry entry, OutboxRow row) {
    String sentence =
        switch (row.state()) {
          case IN_FLIGHT ->
              "The message is on its way to the provider; look at it again when its attempt has"
                  + " ended.";
          case IN_DOUBT ->
              "The provider may have the message, as its answer was lost; wait for a receipt, or"
                  + " settle it with :giveUp.";
          case HELD ->
              "The provider has the message and holds it back; wait for a receipt, or settle it"
                  + " with :giveUp.";
          default -> null;
        };
    if (sentence == null && row.piece() > 0) {
      sentence =
          "The provider has its first pieces already; end the rest of it with :giveUp, if it is"
              + " still waiting.";
    }
    if (sentence == null && row.attempt() > 0 && Attempts.leftDoubt(tx, workspace(), target.id())) {
      sentence =
          "An earlier attempt was in doubt, so the provider may have the message; settle it with"
              + " :giveUp.";
    }
    if (sentence != null) {
      throw target.refusal(ErrorReason.MESSAGE_STARTED, entry, sentence);
    }
  }
}
