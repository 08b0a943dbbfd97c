package io.recado.prove.scenario;

import io.recado.prove.world.Database.Engine;
import io.recado.prove.world.Harvest.Callbacks;
import io.recado.prove.world.Pause;
import io.recado.prove.world.Traffic;
import io.recado.prove.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// SIGKILL under load, again and again; clients ask on with their keys.
public final class Kill implements Scenario {

  private static final int SHORTEST_MILLIS = 500;
  private static final int LONGEST_MILLIS = 5_000;
  // Lanes are held for a second after a start, so kills that all come sooner hit nothing.
  private static final int LEAST_LONGEST_MILLIS = 2_500;
  private static final long START_MILLIS = 1_300;
  private static final Duration READY = Duration.ofSeconds(2);

  private static final String PROVIDER =
      """
      {"latencyMillis": [20, 200], "receiptDelayMillis": [5, 300], "duplicateReceipts": 0.05,
       "shuffleReceipts": true, "messagesPerSecond": null, "recipientLimit": null}\
      """;

  @Override
  public String name() {
    return "kill";
  }

  @Override
  public String aim() {
    return "kill -9 under load, at random 0.5 to 5 s after the server is ready, and start it again";
  }

  @Override
  public int weight() {
    return 4;
  }

  @Override
  public boolean kills() {
    return true;
  }

  @Override
  public List<Engine> engines(List<Engine> wanted) {
    return wanted;
  }

  @Override
  public Report run(Setting setting) {
    try (World world = World.make(setting.plan(PROVIDER, "FAIL"))) {
      var random = new Random(setting.seed());
      Traffic traffic = world.startTraffic();
      List<Duration> ready = new ArrayList<>();
      int hits = 0;
      for (int i = 0; i < setting.kills(); i++) {
        Pause.of(Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, longest(setting))));
        int underWay = world.network().underWay();
        world.server().kill();
        hits += underWay > 0 ? 1 : 0;
        world.restart();
        ready.add(world.server().readyAfter());
      }
      traffic.stop();
      return report(setting, new Trial(world), hits, ready);
    }
  }

  /// So that all kills find room in the time, if they can be of use then.
  private static int longest(Setting setting) {
    long each = setting.time().toMillis() / Math.max(1, setting.kills()) - START_MILLIS;
    return Math.clamp(2 * each - SHORTEST_MILLIS, LEAST_LONGEST_MILLIS, LONGEST_MILLIS);
  }

  private Report report(Setting setting, Trial trial, int hits, List<Duration> ready) {
    int kills = setting.kills();
    List<Duration> sorted = ready.stream().sorted().toList();
    long late = sorted.stream().filter(each -> each.compareTo(READY) > 0).count();
    trial.note(
        new Figure(
            "kills",
            "%,d, of which %,d (%d %%) hit a send in flight"
                .formatted(kills, hits, hits * 100 / kills)));
    trial.note(
        new Figure(
            "ready again",
            "after %.2f s in the middle, %.2f s at most; %d of %d times later than 2 s"
                .formatted(
                    seconds(sorted.get(sorted.size() / 2)),
                    seconds(sorted.getLast()),
                    late,
                    kills)));
    trial.require("kills that hit a send in flight", hits, (kills * 3 + 9) / 10);
    return trial.conclude(setting.title(name()), Callbacks.HURRIED);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
