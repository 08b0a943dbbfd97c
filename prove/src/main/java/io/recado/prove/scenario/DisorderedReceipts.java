package io.recado.prove.scenario;

import io.recado.prove.check.Evidence;
import io.recado.prove.world.Callback;
import io.recado.prove.world.Harvest.Callbacks;
import io.recado.prove.world.Pause;
import io.recado.prove.world.Traffic;
import io.recado.prove.world.World;
import java.time.Duration;

/// Every receipt comes twice, in any order, before the answer that it is about; and some are about
/// messages that nobody knows.
public final class DisorderedReceipts implements Scenario {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int ORPHANS = 50;

  // The first receipts come before the answer, which takes 100 ms at least.
  private static final String PROVIDER =
      """
      {"latencyMillis": [100, 300], "receiptDelayMillis": [0, 120], "duplicateReceipts": 1,
       "shuffleReceipts": true, "batchCallbacks": 7, "messagesPerSecond": null,
       "recipientLimit": null}\
      """;

  @Override
  public String name() {
    return "receipts";
  }

  @Override
  public String aim() {
    return "every receipt twice, in any order, before the answer; some about unknown messages";
  }

  @Override
  public Report run(Setting setting) {
    try (World world = World.make(setting.plan(PROVIDER, "FAIL"))) {
      Traffic traffic = world.startTraffic();
      var callback = new Callback(world);
      int taken = 0;
      for (int i = 0; i < ORPHANS; i++) {
        taken +=
            callback.receipt(world.lines().get(i % world.lines().size()), "orphan" + i) ? 1 : 0;
        Pause.of(setting.time().dividedBy(ORPHANS));
      }
      traffic.stop();
      var trial = new Trial(world);
      Duration settled = trial.harvest().settle(Callbacks.WHEN_DUE, PATIENCE);
      Evidence evidence = trial.harvest().collect(true);
      long told = evidence.provider().stream().mapToLong(call -> call.receipts().size()).sum();
      trial.note(Figure.of("receipts told", told));
      trial.note(Figure.of("receipts of unknown messages, taken", taken));
      trial.require("receipts, two of each kind", told, 6L * evidence.provider().size());
      trial.require("receipts of unknown messages, taken", taken, ORPHANS);
      return trial.compare(setting.title(name()), evidence, settled);
    }
  }
}
