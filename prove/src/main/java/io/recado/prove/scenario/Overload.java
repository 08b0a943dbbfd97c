package io.recado.prove.scenario;

import io.recado.prove.check.Offence;
import io.recado.prove.check.Offence.Kind;
import io.recado.prove.world.Crowd;
import io.recado.prove.world.Harvest.Callbacks;
import io.recado.prove.world.Load;
import io.recado.prove.world.Pause;
import io.recado.prove.world.Usage;
import io.recado.prove.world.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Twice as many clients as the server works for at once ask again the moment they are refused: it
/// goes on accepting nearly as many as at its best, tells all others when to come again, and is
/// itself again at once.
public final class Overload implements Scenario {

  /// With the rate that WhatsApp gives a number at first: what is looked at is accepting, and not
  /// how fast the machine works off what it has accepted.
  private static final String PROVIDER =
      """
      {"latencyMillis": [20, 200], "receiptDelayMillis": [5, 300], "messagesPerSecond": 80,
       "recipientLimit": null}\
      """;

  private static final int USUAL = 64;
  private static final int CROWD = 2_048;
  private static final int NUMBERS = 1_000_000;
  private static final double GOOD = 0.8;
  private static final int SECONDS_TO_RECOVER = 5;

  /// Of a quarter: all that was accepted is sent and told of afterwards, which takes many times as
  /// long.
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int ENOUGH = 1_000;
  private static final long MOST_MORE_MIB = 256;

  @Override
  public String name() {
    return "overload";
  }

  @Override
  public String aim() {
    return "2,048 clients that ask again the moment they are refused";
  }

  @Override
  public int weight() {
    return 2;
  }

  @Override
  public Optional<String> obstacle() {
    return Files.isDirectory(Path.of("/proc/self/fd"))
        ? Optional.empty()
        : Optional.of("it looks at memory in /proc, which only Linux has");
  }

  @Override
  public Report run(Setting setting) {
    var load = new Load(4, CROWD, 1, 0);
    try (World world = World.make(setting.withLoad(load).plan(PROVIDER, "FAIL"))) {
      Duration quarter = setting.time().dividedBy(4);
      quarter = quarter.compareTo(LONGEST) < 0 ? quarter : LONGEST;
      double peak = peak(world, quarter);
      var trial = new Trial(world);
      overload(world, trial, quarter.multipliedBy(2), peak);
      recover(world, trial, peak);
      return trial.conclude(setting.title(name()), Callbacks.HURRIED);
    }
  }

  /// What it accepts a second at its best, once it is warm.
  private static double peak(World world, Duration time) {
    try (Crowd usual = world.startCrowd(USUAL, 1)) {
      Pause.of(time.dividedBy(2));
      return perSecond(usual, time.dividedBy(2));
    }
  }

  private static void overload(World world, Trial trial, Duration time, double peak) {
    try (Crowd crowd = world.startCrowd(CROWD, NUMBERS)) {
      Pause.of(time.dividedBy(4));
      long before = Usage.of(world.server().pid()).residentKiB() >> 10;
      double accepted = perSecond(crowd, time.multipliedBy(3).dividedBy(4));
      long after = Usage.of(world.server().pid()).residentKiB() >> 10;
      trial.note(
          new Figure(
              "accepted",
              "%,.0f a second at its best, %,.0f under overload (%.0f %%)"
                  .formatted(peak, accepted, 100 * accepted / peak)));
      trial.note(
          new Figure(
              "refused with the time to come again",
              "%,d; otherwise %,d".formatted(crowd.refused(), crowd.others())));
      trial.note(new Figure("memory under overload", "%,d to %,d MiB".formatted(before, after)));
      trial.require("requests refused by overload", crowd.refused(), ENOUGH);
      if (accepted < GOOD * peak) {
        accuse(trial, "it accepts %,.0f a second of %,.0f".formatted(accepted, peak));
      }
      if (crowd.others() > 0) {
        accuse(trial, "%,d requests were not told when to come again".formatted(crowd.others()));
      }
      if (after - before > MOST_MORE_MIB) {
        accuse(trial, "its memory grew from %,d to %,d MiB".formatted(before, after));
      }
    }
  }

  private static void recover(World world, Trial trial, double peak) {
    double accepted = 0;
    try (Crowd usual = world.startCrowd(USUAL, 2 * NUMBERS)) {
      for (int second = 1; second <= SECONDS_TO_RECOVER; second++) {
        accepted = perSecond(usual, SECOND);
        if (accepted >= GOOD * peak) {
          trial.note(new Figure("itself again", "in second %d: %,.0f".formatted(second, accepted)));
          return;
        }
      }
    }
    accuse(
        trial,
        "it accepts %,.0f of %,.0f a second, %d s after the overload"
            .formatted(accepted, peak, SECONDS_TO_RECOVER));
  }

  private static double perSecond(Crowd crowd, Duration time) {
    long before = crowd.accepted();
    long start = System.nanoTime();
    Pause.of(time);
    return (crowd.accepted() - before) * 1e9 / (System.nanoTime() - start);
  }

  private static void accuse(Trial trial, String sentence) {
    trial.accuse(new Offence(Kind.BEYOND_LIMITS, "the server", sentence));
  }
}
