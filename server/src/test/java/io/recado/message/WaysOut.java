package io.recado.message;

import io.recado.access.AuditStamp;
import io.recado.journal.Id;
import io.recado.journal.IdempotencyKey;
import io.recado.journal.Journal;
import java.util.Optional;

/// What a person does about a message, as the routes do it.
public final class WaysOut {

  private WaysOut() {}

  /// Takes it back.
  public static void cancel(Journal journal, MessageTarget target, AuditStamp stamp, Settled told) {
    journal.commit(new CancelMessage(target, stamp, told));
  }

  /// Gives it up.
  public static void giveUp(
      Journal journal, Messages messages, MessageTarget target, AuditStamp stamp, Settled told) {
    journal.commit(new GiveUpMessage(target, old(messages, target), stamp, told));
  }

  /// Sends it again.
  ///
  /// @return the new message
  public static Id resend(
      Messages messages, MessageTarget target, AuditStamp stamp, IdempotencyKey key) {
    return messages.resend(target, old(messages, target), stamp, Optional.of(key)).message().id();
  }

  private static Message old(Messages messages, MessageTarget target) {
    return messages.find(target.conversation(), target.id()).orElseThrow();
  }
}
