package io.recado.journal;

import java.util.function.BiFunction;

/// A write with another answer, made in the same transaction.
record AnsweredWrite<R, A>(Write<R> write, BiFunction<Tx, R, A> answer) implements Write<A> {

  @Override
  public long workspace() {
    return write.workspace();
  }

  @Override
  public long lane() {
    return write.lane();
  }

  @Override
  public void prepare(Tx tx) {
    write.prepare(tx);
  }

  @Override
  public A apply(Tx tx) {
    return answer.apply(tx, write.apply(tx));
  }
}
