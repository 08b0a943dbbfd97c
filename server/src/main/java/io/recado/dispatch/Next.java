package io.recado.dispatch;

import io.recado.message.Failure;
import io.recado.message.OutboxRow;

/// What becomes of a message after an attempt, or after its doubt was decided.
public sealed interface Next {

  /// The provider has it.
  record Sent() implements Next {}

  /// It is given up.
  record Failed(Failure failure) implements Next {}

  /// It is tried again when its row is due.
  record Again(OutboxRow row) implements Next {}

  /// The provider sees the service window closed: its fallback is sent instead, once.
  record FallBack(OutboxRow row) implements Next {}

  /// It waits for a receipt until its row is due; its lane goes on earlier, unless it may have to
  /// be sent again.
  record Awaited(OutboxRow row) implements Next {}

  /// It was settled elsewhere, by a receipt or by a person.
  record Settled() implements Next {}

  /// The message before it is not finished.
  record Behind() implements Next {}
}
