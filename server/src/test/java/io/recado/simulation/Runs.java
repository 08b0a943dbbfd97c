package io.recado.simulation;

import io.recado.fault.FaultPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Lives many worlds, two at a time.
final class Runs {

  private static final int AT_ONCE = 2;

  private Runs() {}

  /// Lives the worlds of some seeds; those that fail are told with what happened in them last.
  static Report all(long from, long count, @Nullable Bug bug) throws InterruptedException {
    return run(from, count, bug, false);
  }

  /// What breaks in the first world that shows a bug; empty when none does.
  static Optional<String> find(long from, long count, Bug bug) throws InterruptedException {
    return run(from, count, bug, true).failures.values().stream()
        .filter(failure -> failure.contains(bug.breaks))
        .findFirst();
  }

  private static Report run(long from, long count, @Nullable Bug bug, boolean stops)
      throws InterruptedException {
    var report = new Report(count);
    var next = new AtomicLong(from);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    long seed = next.getAndIncrement();
                    while (seed < from + count && !(stops && report.hasFound(bug))) {
                      live(seed, bug, report);
                      seed = next.getAndIncrement();
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    report.nanos = System.nanoTime() - report.start;
    return report;
  }

  private static void live(long seed, @Nullable Bug bug, Report report) {
    try (var world = new World(seed, bug)) {
      report.add(world.run());
    } catch (AssertionError e) {
      report.add(seed, e.getMessage());
    }
  }

  /// What came of them.
  static final class Report {

    final Map<Long, String> failures = new TreeMap<>();
    final Map<FaultPoint, Integer> fired = new TreeMap<>();
    private final long seeds;
    private final long start = System.nanoTime();
    private long nanos;
    private long calls;
    private long crashes;

    private Report(long seeds) {
      this.seeds = seeds;
      for (FaultPoint point : FaultPoint.values()) {
        fired.put(point, 0);
      }
    }

    private synchronized boolean hasFound(Bug bug) {
      return failures.values().stream().anyMatch(failure -> failure.contains(bug.breaks));
    }

    private synchronized void add(World.Outcome outcome) {
      outcome.fired().forEach((point, count) -> fired.merge(point, count, Integer::sum));
      calls += outcome.calls();
      crashes += outcome.crashes();
    }

    private synchronized void add(long seed, String failure) {
      failures.put(seed, failure);
    }

    @Override
    public String toString() {
      return "simulation: %d seeds in %.1f s, %.1f a second; %d calls of providers, %d crashes; %s"
          .formatted(seeds, nanos / 1e9, seeds / (nanos / 1e9), calls, crashes, fired);
    }
  }
}
