package io.recado.dispatch;

import io.recado.journal.Ids;
import io.recado.testing.Interleavings;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// What the dispatcher's thread shares with others.
@Isolated("the search rewrites the classes of the whole JVM")
class DispatchInterleavingsTest {

  @Test
  void theTimeOfWaitsNeverGoesBackWhoeverMovesTheClock() {
    Interleavings.explore(Clocks.class);
  }

  @Test
  void noTwoMessagesAreGivenOneId() {
    Interleavings.explore(Names.class);
  }

  /// The wall clock goes on whenever it is read.
  public static class Clocks {

    private final AtomicLong wall = new AtomicLong();
    private final SteadyTime time =
        new SteadyTime(() -> Instant.ofEpochMilli(wall.incrementAndGet()), () -> 0);

    @Operation
    public long now() {
      return time.now().toEpochMilli();
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
