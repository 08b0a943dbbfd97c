package io.recado.message;

import io.recado.journal.Id;

/// Whoever hands messages over.
@FunctionalInterface
public interface Settled {
  /// Nothing more is to be done for a message. Quick; called once that is durable, on the journal's
  /// thread.
  void settled(long channel, long conversation, Id message);
}
