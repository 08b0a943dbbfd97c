package io.recado.testing;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/// Looks for orders of steps of several threads in which a structure answers what it would in no
/// order of whole calls: 50 scenarios of two threads.
public final class Interleavings {

  private static final int SCENARIOS = 50;
  private static final int ORDERS = 60;
  private static final int RUNS = 30;

  private Interleavings() {}

  /// Tries orders of single steps, one after the other.
  ///
  /// @param structure has methods annotated as operations, and a constructor without parameters
  public static void explore(Class<?> structure) {
    new ModelCheckingOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(ORDERS)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .check(structure);
  }

  /// Runs on real threads, for what is built on a library with threads and memory tricks of its
  /// own.
  public static void stress(Class<?> structure) {
    new StressOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(RUNS)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .check(structure);
  }
}
