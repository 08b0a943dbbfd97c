package io.recado.prove.scenario;

import io.recado.prove.fault.Fault;
import io.recado.prove.fault.FaultPlan;
import io.recado.prove.world.Harvest.Callbacks;
import io.recado.prove.world.Pause;
import io.recado.prove.world.Traffic;
import io.recado.prove.world.World;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// A provider that fails now and then, behind a network that does everything a network can do.
public final class FaultyProvider implements Scenario {

  // One send in 50 is answered "something went wrong, try again", and is not accepted.
  private static final String PROVIDER =
      """
      {"latencyMillis": [20, 100], "receiptDelayMillis": [50, 500],
       "failWith": {"code": 131000, "rate": 0.02}, "messagesPerSecond": null,
       "recipientLimit": null}\
      """;

  @Override
  public String name() {
    return "faulty-provider";
  }

  @Override
  public String aim() {
    return "errors, resets, cuts, black holes, half open connections, slow answers";
  }

  @Override
  public Report run(Setting setting) {
    try (World world = World.make(setting.plan(PROVIDER, "FAIL"))) {
      world.network().follow(FaultPlan.of(setting.seed(), faults()));
      Traffic traffic = world.startTraffic();
      Pause.of(setting.time());
      traffic.stop();
      world.network().heal();
      var trial = new Trial(world);
      trial.note(new Figure("faults served", world.network().served().toString()));
      for (Fault fault : faults().keySet()) {
        long served = world.network().served().getOrDefault(fault.inWords(), 0L);
        trial.require(fault.inWords(), served, 1);
      }
      return trial.conclude(setting.title(name()), Callbacks.WHEN_DUE);
    }
  }

  /// What hangs is rare, because each holds its conversation until the call times out.
  static Map<Fault, Double> faults() {
    Map<Fault, Double> shares = new LinkedHashMap<>();
    shares.put(new Fault.Latency(Duration.ofMillis(700)), 0.02);
    shares.put(new Fault.Drip(400), 0.01);
    shares.put(new Fault.CutAfter(0), 0.01);
    shares.put(new Fault.CutAfter(60), 0.01);
    shares.put(new Fault.Reset(), 0.02);
    shares.put(new Fault.SwallowAnswer(), 0.02);
    shares.put(new Fault.BlackHole(), 0.004);
    shares.put(new Fault.HalfOpen(), 0.004);
    return shares;
  }
}
