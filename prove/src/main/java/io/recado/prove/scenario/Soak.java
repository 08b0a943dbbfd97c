package io.recado.prove.scenario;

import io.recado.prove.check.Offence;
import io.recado.prove.check.Offence.Kind;
import io.recado.prove.fault.FaultPlan;
import io.recado.prove.world.Harvest.Callbacks;
import io.recado.prove.world.Pause;
import io.recado.prove.world.Traffic;
import io.recado.prove.world.Usage;
import io.recado.prove.world.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// Goes on for as long as there is time, with faults in every second quarter of a minute, and looks
/// whether memory, open files and threads stay where they are.
public final class Soak implements Scenario {

  private static final String PROVIDER =
      """
      {"latencyMillis": [20, 200], "receiptDelayMillis": [5, 300], "duplicateReceipts": 0.05,
       "messagesPerSecond": null, "recipientLimit": null}\
      """;
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int STEPS_OF_FAULTS = 15;
  private static final int ENOUGH_SAMPLES = 240;
  private static final long MOST_MORE_FILES = 64;
  private static final long MOST_MORE_THREADS = 32;
  private static final long MOST_MORE_KIB = 64 * 1_024;

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String aim() {
    return "load and faults for as long as there is time; memory, files and threads stay flat";
  }

  @Override
  public int weight() {
    return 16;
  }

  @Override
  public Optional<String> obstacle() {
    return Files.isDirectory(Path.of("/proc/self/fd"))
        ? Optional.empty()
        : Optional.of("it counts memory, files and threads in /proc, which only Linux has");
  }

  @Override
  public Report run(Setting setting) {
    try (World world = World.make(setting.plan(PROVIDER, "FAIL"))) {
      var faults = FaultPlan.of(setting.seed(), FaultyProvider.faults());
      List<Usage> samples = new ArrayList<>();
      var trial = new Trial(world);
      Traffic traffic = world.startTraffic();
      long end = System.nanoTime() + setting.time().toNanos();
      while (System.nanoTime() < end) {
        if (samples.size() / STEPS_OF_FAULTS % 2 == 0) {
          world.network().heal();
        } else {
          world.network().follow(faults);
        }
        Pause.of(STEP);
        samples.add(Usage.of(world.server().pid()));
        trial.harvest().readProvider();
      }
      traffic.stop();
      world.network().heal();
      trial.note(new Figure("faults served", world.network().served().toString()));
      trial.require("seconds of load and faults", samples.size(), ENOUGH_SAMPLES);
      trial.require("faults served", world.network().total(), 10);
      compare(trial, samples);
      return trial.conclude(setting.title(name()), Callbacks.WHEN_DUE);
    }
  }

  private static void compare(Trial trial, List<Usage> samples) {
    compare(trial, "resident memory, KiB", samples, Usage::residentKiB, MOST_MORE_KIB);
    compare(trial, "open files", samples, Usage::files, MOST_MORE_FILES);
    compare(trial, "threads", samples, Usage::threads, MOST_MORE_THREADS);
  }

  /// The last quarter against the third: what was new at first is warm by then.
  private static void compare(
      Trial trial, String what, List<Usage> samples, ToLongFunction<Usage> of, long most) {
    int quarter = samples.size() / 4;
    long before = median(samples.subList(2 * quarter, 3 * quarter), of);
    long after = median(samples.subList(3 * quarter, samples.size()), of);
    trial.note(
        new Figure(what, "%,d in the third quarter, %,d in the last".formatted(before, after)));
    if (samples.size() >= ENOUGH_SAMPLES && after - before > most) {
      String sentence = "%s grew from %,d to %,d";
      trial.accuse(new Offence(Kind.STUCK, "the server", sentence.formatted(what, before, after)));
    }
  }

  private static long median(List<Usage> samples, ToLongFunction<Usage> of) {
    long[] sorted = samples.stream().mapToLong(of).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
