package io.recado.journal;

import java.util.function.Supplier;

/// What a group does once for all of its writes: rows that they share, or statements that must come
/// in a certain place.
///
/// Made anew for each group. Loading and storing go through the parts by rank, in every group
/// alike, so that the locks of two groups are taken in one order and they cannot deadlock.
public interface Part {

  /// Locks and loads what the writes asked for in their `prepare`; called once, before any is
  /// applied.
  default void load(Tx tx) {}

  /// Stores what the writes changed; called once, after all are applied.
  default void store(Tx tx) {}

  /// A kind of part.
  ///
  /// @param rank its place in the order of locks; lower comes first. No two kinds share one
  /// @param create makes an empty one for a group
  record Kind<P extends Part>(int rank, Supplier<P> create) {}
}
