package io.recado.dispatch;

import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.message.MessageStates;
import io.recado.message.Queued;

/// A change to one message on its way.
interface QueuedWrite<R> extends Write<R> {

  /// The message, as the dispatcher knows it.
  Queued queued();

  @Override
  default long workspace() {
    return queued().workspace();
  }

  @Override
  default long lane() {
    return queued().channel();
  }

  @Override
  default void prepare(Tx tx) {
    MessageStates.want(tx, queued().workspace(), queued().conversation(), queued().id());
  }
}
