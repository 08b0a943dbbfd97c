package io.recado.message;

import io.recado.journal.Tx;
import io.recado.journal.Write;

/// What a person does about one message.
interface TargetWrite<R> extends Write<R> {

  /// The message.
  MessageTarget target();

  @Override
  default long workspace() {
    return target().channel().workspace();
  }

  @Override
  default long lane() {
    return target().channel().key();
  }

  @Override
  default void prepare(Tx tx) {
    target().want(tx);
  }
}
