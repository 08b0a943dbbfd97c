package io.recado.prove.fault;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// Which fault comes next, drawn from a seed. For many threads.
public final class FaultPlan {

  private FaultPlan() {}

  /// Each fault with its share of the requests, from 0 to 1; the rest passes.
  public static Supplier<Fault> of(long seed, Map<Fault, Double> shares) {
    var random = new Random(seed);
    // In an order of their own, so that the same seed draws the same.
    List<Fault> faults =
        shares.keySet().stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
    return () -> {
      double drawn = random.nextDouble();
      for (Fault fault : faults) {
        drawn -= shares.get(fault);
        if (drawn < 0) {
          return fault;
        }
      }
      return new Fault.None();
    };
  }
}
