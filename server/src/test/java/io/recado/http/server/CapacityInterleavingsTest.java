package io.recado.http.server;

import io.recado.testing.Interleavings;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// What all requests share.
@Isolated("the search rewrites the classes of the whole JVM")
class CapacityInterleavingsTest {

  @Test
  void noMoreIsTakenThanThereIs() {
    Interleavings.explore(Room.class);
  }

  @Param(name = "bytes", gen = IntGen.class, conf = "1:3")
  public static class Room {

    private final Capacity capacity = new Capacity(2, 5);
    private final Capacity.Turn early = capacity.turn(true);

    public Room() {
      early.hold(3);
    }

    @Operation
    public boolean work() {
      return capacity.turn(true).work();
    }

    @Operation
    public boolean hold(@Param(name = "bytes") int bytes) {
      return capacity.turn(true).hold(bytes);
    }

    @Operation(runOnce = true)
    public void giveBack() {
      early.close();
    }
  }
}
