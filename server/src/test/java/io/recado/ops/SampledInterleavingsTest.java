package io.recado.ops;

import io.recado.testing.Interleavings;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// A figure that many ask for.
@Isolated("the search rewrites the classes of the whole JVM")
class SampledInterleavingsTest {

  @Test
  void whoeverAsksGetsTheFigureOfTheLastLookAndOneLooks() {
    Interleavings.explore(Figure.class);
  }

  @Param(name = "nanos", gen = IntGen.class, conf = "1:10")
  public static class Figure {

    private volatile long nanos = 100;
    private int looks;
    private final Sampled<Integer> sampled =
        new Sampled<>(() -> ++looks, Duration.ofNanos(5), () -> nanos);

    @Operation
    public int value() {
      return sampled.value().orElseThrow();
    }

    @Operation(nonParallelGroup = "time")
    public void pass(@Param(name = "nanos") int more) {
      nanos += more;
    }
  }
}
