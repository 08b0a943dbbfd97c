package io.recado.prove.scenario;

import io.recado.prove.check.Offence;
import io.recado.prove.check.Offence.Kind;
import io.recado.prove.ledger.Delivery;
import io.recado.prove.world.Harvest.Callbacks;
import io.recado.prove.world.Load;
import io.recado.prove.world.Pause;
import io.recado.prove.world.Sinks;
import io.recado.prove.world.SlowTenants;
import io.recado.prove.world.Traffic;
import io.recado.prove.world.Usage;
import io.recado.prove.world.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Thousands of endpoints of other workspaces hang, beside healthy ones.
public final class SlowEndpoints implements Scenario {

  private static final String PROVIDER =
      """
      {"latencyMillis": [20, 200], "receiptDelayMillis": [50, 500], "messagesPerSecond": null,
       "recipientLimit": null}\
      """;
  private static final int HEALTHY = 50;
  private static final Load LOAD = new Load(1, 20, 10, 2);
  private static final int MOST_SLOW = 500;
  private static final long MOST_MORE_KIB = 200 * 1_024;
  private static final long PROMISED_MILLIS = 500;
  private static final Duration WARM = Duration.ofSeconds(5);

  private final int workspaces;
  private final int endpoints;

  /// A hundred workspaces, each with as many endpoints as it may have.
  public SlowEndpoints() {
    this(100, 100);
  }

  /// @param endpoints of each workspace
  SlowEndpoints(int workspaces, int endpoints) {
    this.workspaces = workspaces;
    this.endpoints = endpoints;
  }

  @Override
  public String name() {
    return "slow-endpoints";
  }

  @Override
  public String aim() {
    return "%,d webhook endpoints of %d workspaces hang, beside %d healthy ones"
        .formatted(workspaces * endpoints, workspaces, HEALTHY);
  }

  @Override
  public Optional<String> obstacle() {
    return Files.isDirectory(Path.of("/proc/self/fd"))
        ? Optional.empty()
        : Optional.of("it counts memory in /proc, which only Linux has");
  }

  @Override
  public Report run(Setting setting) {
    try (World world = World.make(setting.withLoad(LOAD).plan(PROVIDER, "FAIL"));
        Sinks sinks = new Sinks()) {
      while (world.receivers().endpoints().size() < HEALTHY) {
        // Made after the first events, so their ledger begins later than the log.
        world.receivers().addLate(world.api(), Set.of("message.created"));
      }
      Traffic traffic = world.startTraffic();
      Pause.of(WARM);
      Phase calm = phase(world, setting.time().dividedBy(3));
      Phase crowded;
      int events;
      try (var slow = SlowTenants.make(world, sinks, workspaces, endpoints)) {
        slow.start();
        crowded = phase(world, setting.time().multipliedBy(2).dividedBy(3));
        events = slow.events();
      }
      traffic.stop();
      var trial = new Trial(world);
      compare(trial, calm, crowded);
      count(trial, sinks, events);
      return trial.conclude(setting.title(name()), Callbacks.WHEN_DUE);
    }
  }

  /// What was seen of the healthy endpoints and of the server's process in some time.
  private record Phase(Latencies latencies, long mostKib) {}

  private static Phase phase(World world, Duration time) {
    Instant from = Instant.now();
    long most = 0;
    for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; ) {
      Pause.of(Duration.ofMillis(500));
      most = Math.max(most, Usage.of(world.server().pid()).residentKiB());
    }
    List<Delivery> deliveries = world.receivers().ledger().entries();
    return new Phase(Latencies.of(deliveries, Latencies.arrived(from, Instant.now())), most);
  }

  private static void compare(Trial trial, Phase calm, Phase crowded) {
    long before = calm.latencies.percentile(99);
    long beside = crowded.latencies.percentile(99);
    trial.note(new Figure("first attempts without them", calm.latencies.toString()));
    trial.note(new Figure("first attempts beside them", crowded.latencies.toString()));
    trial.require("first attempts without them", calm.latencies.count(), 200);
    trial.require("first attempts beside them", crowded.latencies.count(), 200);
    if (beside > Math.max(2 * before, PROMISED_MILLIS)) {
      trial.accuse(
          beyond("99 of 100 first attempts within %d ms, %d without".formatted(beside, before)));
    }
    long more = crowded.mostKib - calm.mostKib;
    trial.note(
        new Figure(
            "resident memory at most, KiB",
            "%,d without them, %,d beside them".formatted(calm.mostKib, crowded.mostKib)));
    if (more > MOST_MORE_KIB) {
      trial.accuse(beyond("%,d KiB more memory beside them".formatted(more)));
    }
  }

  private void count(Trial trial, Sinks sinks, int events) {
    trial.note(
        new Figure(
            "slow deliveries",
            "%,d begun, %,d at once at most; %,d events for %d endpoints each"
                .formatted(sinks.begun(), sinks.most(), events, endpoints)));
    trial.require("slow deliveries at once", sinks.most(), Math.min(100, endpoints));
    trial.require("events for slow endpoints", events, workspaces);
    if (sinks.most() > MOST_SLOW) {
      trial.accuse(beyond("%,d slow deliveries at once".formatted(sinks.most())));
    }
  }

  private static Offence beyond(String sentence) {
    return new Offence(Kind.BEYOND_LIMITS, "the server", sentence);
  }
}
