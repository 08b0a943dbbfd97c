package io.recado.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// The server's real code in worlds of faults: docs/simulation.md.
///
/// `-Dsim.seeds=1000` lives more worlds, `-Dsim.seed=7` only that one.
class SimulationTest {

  private static final long SEEDS = Long.getLong("sim.seeds", 200);
  private static final int ENOUGH_FOR_EVERY_POINT = 200;
  private static final long MOST_TO_FIND_A_BUG = 1_000;
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.recado");
  private static Level level;

  @BeforeAll
  static void silenceWhatTheWorldsLog() {
    level = LOG.getLevel();
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    LOG.setLevel(level);
  }

  @Test
  void everyPromiseIsKeptInEveryWorld() throws InterruptedException {
    Long only = Long.getLong("sim.seed");
    Runs.Report report = only == null ? Runs.all(1, SEEDS, null) : Runs.all(only, 1, null);
    System.out.println(report);
    assertThat(report.failures.values()).isEmpty();
    if (only == null && SEEDS >= ENOUGH_FOR_EVERY_POINT) {
      assertThat(report.fired).allSatisfy((point, count) -> assertThat(count).isPositive());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPlantedBugIsFound(Bug bug) throws InterruptedException {
    assertThat(Runs.find(bug.seed, MOST_TO_FIND_A_BUG, bug)).isPresent();
  }

  /// Worlds that once broke a promise: 378, an attempt in doubt was overtaken after a restart, as
  /// the message behind it had been taken back; 756, a scheduled message was handed over after one
  /// that was accepted later in the same group.
  @ParameterizedTest
  @ValueSource(longs = {378, 756})
  void whatOnceBrokeAPromiseKeepsIt(long seed) throws InterruptedException {
    assertThat(Runs.all(seed, 1, null).failures.values()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSameSeedIsTheSameWorld(long seed) {
    assertThat(hash(seed)).isEqualTo(hash(seed));
  }

  private static long hash(long seed) {
    try (var world = new World(seed, null)) {
      return world.run().hash();
    }
  }
}
