package io.recado.channel;

import io.recado.testing.Interleavings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// What is kept of the database while one thread commits and others read.
@Isolated("the search rewrites the classes of the whole JVM")
class ReadThroughInterleavingsTest {

  @Test
  void aReadThatBeganBeforeAChangeNeverHidesIt() {
    Interleavings.explore(Kept.class);
  }

  @Param(name = "value", gen = IntGen.class, conf = "1:3")
  public static class Kept {

    private volatile int database;
    private final ReadThrough<Integer, Integer> kept =
        new ReadThrough<>(
            _ -> Optional.of(database).filter(value -> value > 0),
            Duration.ofHours(1),
            () -> Instant.EPOCH,
            (_, _) -> {});

    @Operation(nonParallelGroup = "writer")
    public void change(@Param(name = "value") int value) {
      database = value;
      kept.put(1, value);
    }

    @Operation(nonParallelGroup = "writer")
    public void delete() {
      database = 0;
      kept.remove(1);
    }

    @Operation
    public int find() {
      return kept.find(1).orElse(0);
    }
  }
}
