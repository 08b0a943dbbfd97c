package io.recado.prove.scenario;

import io.recado.prove.check.Evidence;
import io.recado.prove.check.Offence;
import io.recado.prove.check.Offence.Kind;
import io.recado.prove.world.Harvest.Callbacks;
import io.recado.prove.world.Line;
import io.recado.prove.world.Pause;
import io.recado.prove.world.Traffic;
import io.recado.prove.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// People write faster than ever, in batches of up to 1,000; some of it comes twice, some of it
/// cannot be understood.
public final class Inbound implements Scenario {

  private static final String PROVIDER =
      """
      {"latencyMillis": [20, 200], "receiptDelayMillis": [5, 300], "batchCallbacks": 1000,
       "messagesPerSecond": null, "recipientLimit": null}\
      """;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int PER_SECOND = 500;
  private static final int PER_STEP = 25;

  @Override
  public String name() {
    return "inbound";
  }

  @Override
  public String aim() {
    return "500 a second from people, 5 % of them twice, 1 % that nobody understands";
  }

  @Override
  public Report run(Setting setting) {
    try (World world = World.make(setting.plan(PROVIDER, "FAIL"))) {
      var random = new Random(setting.seed());
      Traffic traffic = world.startTraffic();
      int twice = 0;
      int poison = 0;
      long end = System.nanoTime() + setting.time().toNanos();
      for (int i = 0; System.nanoTime() < end; i++) {
        Line line = world.lines().get(random.nextInt(world.lines().size()));
        int kind = random.nextInt(100);
        if (kind == 0) {
          world.writeUnreadable(line, i);
          poison++;
        } else {
          world.writeWithId(line, i, kind <= 5 ? 2 : 1);
          twice += kind <= 5 ? 1 : 0;
        }
        if (i % PER_STEP == 0) {
          Pause.of(Duration.ofMillis(1_000L * PER_STEP / PER_SECOND));
        }
      }
      traffic.stop();
      var trial = new Trial(world);
      Duration settled = trial.harvest().settle(Callbacks.WHEN_DUE, PATIENCE);
      Evidence evidence = trial.harvest().collect(true);
      checkPoison(trial, evidence, poison);
      trial.note(Figure.of("messages that came twice", twice));
      trial.require("messages that came twice", twice, 10);
      return trial.compare(setting.title(name()), evidence, settled);
    }
  }

  /// Each that could not be understood is there all the same.
  private static void checkPoison(Trial trial, Evidence evidence, int poison) {
    long kept =
        evidence.listed().values().stream()
            .flatMap(List::stream)
            .filter(message -> !message.isOutbound() && message.text().isEmpty())
            .count();
    if (kept != poison) {
      String sentence = "%,d items that nobody understands were sent, %,d are listed";
      trial.accuse(
          new Offence(
              kept < poison ? Kind.LOST : Kind.DOUBLE,
              "inbound items",
              sentence.formatted(poison, kept)));
    }
    trial.note(Figure.of("messages that nobody understands, kept", kept));
    trial.require("messages that nobody understands", poison, 5);
  }
}
