package io.recado.journal;

import java.util.function.BiFunction;

/// One change as a value: committed whole with its events, or not at all.
///
/// Many writes are applied as one transaction, so a write reads and changes shared rows only
/// through [Part]s, which the group loads and stores once for all of them, and gathers its other
/// statements with [Tx#batch]. A write refuses before it changes anything.
///
/// @param <R> what the caller learns when the change is durable
public interface Write<R> {

  /// The workspace that it belongs to; none may fill the queue alone.
  long workspace();

  /// Writes of equal lane are applied in the order in which they were handed in. A channel's key,
  /// usually.
  default long lane() {
    return workspace();
  }

  /// Names the shared rows that [#apply] will need, so that the group can lock and load them
  /// together, in one order.
  default void prepare(Tx tx) {}

  /// Makes the change.
  ///
  /// @throws Refusal when it must not happen; nothing may have been changed by then
  R apply(Tx tx);

  /// The same change with another answer, as things stand within the same transaction.
  ///
  /// @param answer made of what this write answers; must not block, and is asked again when the
  ///   group is applied again
  default <A> Write<A> answering(BiFunction<Tx, R, A> answer) {
    return new AnsweredWrite<>(this, answer);
  }
}
