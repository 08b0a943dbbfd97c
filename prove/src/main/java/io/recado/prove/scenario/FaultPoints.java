package io.recado.prove.scenario;

import io.recado.prove.world.Database.Engine;
import io.recado.prove.world.Debugger;
import io.recado.prove.world.Harvest.Callbacks;
import io.recado.prove.world.Load;
import io.recado.prove.world.Pause;
import io.recado.prove.world.Traffic;
import io.recado.prove.world.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// SIGKILL under load at each of the server's fault points: where it comes to it for the first time
/// after another kill under load, for most of them while it recovers from that one; for the second
/// time; and, as long as there is time, for a later one.
public final class FaultPoints implements Scenario {

  private static final int MOST_TIMES = 40;
  private static final Duration UNDER_LOAD = Duration.ofSeconds(1);

  /// Some points are come to once in a quarter of a minute.
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  /// Light, since a debugger looks at every point that any thread comes to.
  private static final Load LOAD = new Load(2, 40, 40, 4);

  private static final String PROVIDER =
      """
      {"latencyMillis": [20, 200], "receiptDelayMillis": [5, 300], "duplicateReceipts": 0.05,
       "shuffleReceipts": true, "messagesPerSecond": null, "recipientLimit": null}\
      """;

  private final int most;

  /// At all points.
  public FaultPoints() {
    this(Integer.MAX_VALUE);
  }

  /// At so many of them only.
  FaultPoints(int most) {
    this.most = most;
  }

  @Override
  public String name() {
    return "fault-points";
  }

  @Override
  public String aim() {
    return "kill -9 exactly at each named point of its code, while it recovers and later";
  }

  @Override
  public int weight() {
    return 4;
  }

  @Override
  public List<Engine> engines(List<Engine> wanted) {
    return wanted;
  }

  @Override
  public Report run(Setting setting) {
    try (World world = World.make(setting.withLoad(LOAD).plan(PROVIDER, "FAIL"));
        var debugger = new Debugger()) {
      List<String> all = world.faultPoints(debugger);
      var kills = new Kills(world, debugger, all.subList(0, Math.min(most, all.size())));
      Traffic traffic = world.startTraffic();
      var random = new Random(setting.seed());
      long end = System.nanoTime() + setting.time().toNanos();
      kills.atAll(1);
      kills.atAll(2);
      while (System.nanoTime() < end) {
        kills.later(random);
      }
      world.restart();
      traffic.stop();
      var trial = new Trial(world);
      kills.tell(trial);
      return trial.conclude(setting.title(name()), Callbacks.HURRIED);
    }
  }

  /// What was done so far.
  private static final class Kills {

    private final World world;
    private final Debugger debugger;
    private final List<String> points;
    private final Set<String> reached = new HashSet<>();
    private int count;
    private int missed;

    private Kills(World world, Debugger debugger, List<String> points) {
      this.world = world;
      this.debugger = debugger;
      this.points = points;
    }

    private void atAll(int times) {
      points.forEach(point -> kill(point, times));
    }

    private void later(Random random) {
      kill(points.get(random.nextInt(points.size())), random.nextInt(3, MOST_TIMES));
    }

    private void kill(String point, int times) {
      world.restart();
      Pause.of(UNDER_LOAD);
      if (world.killAt(debugger, point, times, PATIENCE)) {
        count++;
        reached.add(point);
      } else {
        missed++;
      }
    }

    private void tell(Trial trial) {
      List<String> never = points.stream().filter(point -> !reached.contains(point)).toList();
      if (!never.isEmpty()) {
        trial.note(new Figure("never come to", String.join(", ", never)));
      }
      trial.note(
          new Figure(
              "kills",
              "%,d at a fault point, %,d elsewhere since it was not come to so often in time"
                  .formatted(count, missed)));
      trial.require("fault points at which it was killed", reached.size(), points.size());
    }
  }
}
