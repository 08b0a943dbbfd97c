package io.recado.journal;

import java.util.function.Consumer;
import java.util.function.Function;

/// A write made of lambdas.
record Change<R>(long workspace, long lane, Consumer<Tx> preparation, Function<Tx, R> change)
    implements Write<R> {

  static <R> Change<R> of(Function<Tx, R> change) {
    return new Change<>(1, 1, _ -> {}, change);
  }

  /// Stores a fact under a name that must be new; answers the name.
  static Change<String> fact(String name) {
    return of(tx -> insert(tx, name));
  }

  static String insert(Tx tx, String name) {
    tx.update(
        "INSERT INTO server_fact (name, value) VALUES (?, ?)",
        binds -> binds.text(name).bytes(new byte[1]));
    return name;
  }

  Change<R> inLane(long other) {
    return new Change<>(workspace, other, preparation, change);
  }

  Change<R> inWorkspace(long other) {
    return new Change<>(other, lane, preparation, change);
  }

  @Override
  public void prepare(Tx tx) {
    preparation.accept(tx);
  }

  @Override
  public R apply(Tx tx) {
    return change.apply(tx);
  }
}
