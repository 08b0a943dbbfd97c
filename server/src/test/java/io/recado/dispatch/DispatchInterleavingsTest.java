package io.recado.dispatch;

import io.recado.journal.Ids;
import io.recado.testing.Interleavings;
import java.time.Instant;
import java.util.Random;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/// What the dispatcher's thread shares with others.
class DispatchInterleavingsTest {

  @Test
  void theTimeOfWaitsNeverGoesBackWhoeverMovesTheClock() {
    Interleavings.explore(Clocks.class);
  }

  @Test
  void noTwoMessagesAreGivenOneId() {
    Interleavings.explore(Names.class);
  }

  @Param(name = "millis", gen = IntGen.class, conf = "1:20")
  public static class Clocks {

    private volatile long wall;
    private final SteadyTime time = new SteadyTime(() -> Instant.ofEpochMilli(wall), () -> 0);

    @Operation
    public long now() {
      return time.now().toEpochMilli();
    }

    @Operation(nonParallelGroup = "operator")
    public void set(@Param(name = "millis") int millis) {
      wall = millis;
    }

    @Operation
    public void follow() {
      time.follow();
    }
  }

  public static class Names {

    private final Ids ids = new Ids(() -> Instant.EPOCH, new Random(1));

    @Operation
    public String next() {
      return ids.next().toString();
    }
  }
}
