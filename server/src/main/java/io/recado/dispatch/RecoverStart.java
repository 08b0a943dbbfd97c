package io.recado.dispatch;

import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.journal.Tx;
import io.recado.message.MessageStates;
import io.recado.message.OutboxRow;
import io.recado.message.Queued;
import java.time.Instant;

/// Finds out what became of the start of an attempt whose commit nobody answered. For who did not
/// call the provider for it: a start that is durable is then an attempt that was not made.
///
/// @param queued as it was when the attempt was to be started
record RecoverStart(Queued queued, Instant now) implements QueuedWrite<Next> {

  private static final ProviderAnswer NOT_CALLED =
      new ProviderAnswer(0, null, "not called: nobody knew whether the attempt had been started");

  @Override
  public Next apply(Tx tx) {
    OutboxRow row =
        MessageStates.find(tx, queued.id()).map(MessageStates.Entry::outbox).orElse(null);
    if (row == null) {
      return new Next.Settled();
    }
    return switch (row.state()) {
      case WAITING -> new Next.Again(row);
      case IN_FLIGHT -> {
        if (row.attempt() != queued.outbox().attempt() + 1) {
          // Another's, who may have called.
          yield new Next.Settled();
        }
        var again =
            new Next.Again(
                row.waiting(row.spent(), row.throttled(), now, Reason.INTERNAL_FAULT.name()));
        var outcome = new SendOutcome.RetryLater(Reason.INTERNAL_FAULT, NOT_CALLED, null, 0);
        yield new RecordOutcome(queued.with(row), outcome, again, now).apply(tx);
      }
      case IN_DOUBT, HELD -> new Next.Awaited(row);
      case SCHEDULED -> new Next.Settled();
    };
  }
}
