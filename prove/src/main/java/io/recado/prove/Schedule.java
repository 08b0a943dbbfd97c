package io.recado.prove;

import io.recado.prove.scenario.Scenario;
import io.recado.prove.world.Database.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Which scenarios run on which database for how long.
///
/// @param leftOut what was asked for and does not run, each with the reason
record Schedule(List<Run> runs, List<String> leftOut) {

  private static final Duration USUAL_TIME = Duration.ofMinutes(10);
  private static final Duration SHORTEST = Duration.ofSeconds(15);
  // 2.75 s until the kill, in the middle, and a good second to start again.
  private static final Duration PER_KILL = Duration.ofMillis(4_050);
  private static final int MOST_KILLS = 200;

  /// One scenario on one database.
  record Run(Scenario scenario, Engine engine, Duration time, int kills) {}

  static Schedule of(Options options) {
    List<Run> wanted = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (Scenario scenario : options.scenarios()) {
      if (scenario.obstacle().isPresent()) {
        leftOut.add(scenario.name() + ": " + scenario.obstacle().get());
        continue;
      }
      List<Engine> engines = scenario.engines(options.engines());
      if (engines.isEmpty()) {
        leftOut.add(scenario.name() + ": not on this database");
      }
      engines.forEach(engine -> wanted.add(new Run(scenario, engine, Duration.ZERO, 0)));
    }
    Duration time = options.time().orElse(options.kills().isPresent() ? Duration.ZERO : USUAL_TIME);
    while (options.time().isPresent() && wanted.size() > 1 && !fits(wanted, time)) {
      Run last = wanted.removeLast();
      leftOut.add(
          "%s on %s: not enough time; give more --minutes, or name it with --scenario"
              .formatted(last.scenario.name(), last.engine.inWords()));
    }
    return new Schedule(share(wanted, time, options), leftOut);
  }

  private static boolean fits(List<Run> runs, Duration time) {
    return SHORTEST.multipliedBy(weight(runs)).compareTo(time) <= 0;
  }

  private static int weight(List<Run> runs) {
    return runs.stream().mapToInt(run -> run.scenario.weight()).sum();
  }

  private static List<Run> share(List<Run> runs, Duration time, Options options) {
    List<Run> shared = new ArrayList<>();
    for (Run run : runs) {
      Duration part = time.multipliedBy(run.scenario.weight()).dividedBy(weight(runs));
      int kills = options.kills().orElse(Math.clamp(part.dividedBy(PER_KILL), 1, MOST_KILLS));
      boolean isKilled = run.scenario.kills() && options.kills().isPresent();
      Duration given =
          isKilled && options.time().isEmpty()
              ? PER_KILL.multipliedBy(kills)
              : part.compareTo(SHORTEST) < 0 ? SHORTEST : part;
      shared.add(new Run(run.scenario, run.engine, given, kills));
    }
    return shared;
  }
}
