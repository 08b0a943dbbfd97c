package io.recado.prove.scenario;

import io.recado.prove.check.Offence;
import io.recado.prove.check.Offence.Kind;
import io.recado.prove.ledger.Answer;
import io.recado.prove.ledger.ClientCall;
import io.recado.prove.world.Database.Engine;
import io.recado.prove.world.Harvest.Callbacks;
import io.recado.prove.world.Pause;
import io.recado.prove.world.SmallDisk;
import io.recado.prove.world.Traffic;
import io.recado.prove.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Runs into a full disk under load, stays there for a while, and gets room again.
public final class DiskFull implements Scenario {

  private static final String PROVIDER =
      """
      {"latencyMillis": [20, 200], "receiptDelayMillis": [5, 300], "messagesPerSecond": null,
       "recipientLimit": null}\
      """;
  private static final int DISK_MEGABYTES = 400;
  private static final int ROOM_MEGABYTES = 4;
  private static final Duration FULL = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "disk-full";
  }

  @Override
  public String aim() {
    return "a data folder of 400 MiB runs full under load, and gets room again";
  }

  @Override
  public List<Engine> engines(List<Engine> wanted) {
    return wanted.stream().filter(engine -> engine == Engine.SQLITE).toList();
  }

  @Override
  public Optional<String> obstacle() {
    return SmallDisk.obstacle();
  }

  @Override
  public Report run(Setting setting) {
    try (SmallDisk disk = SmallDisk.mount(setting.work().resolve("data"), DISK_MEGABYTES);
        World world = World.make(setting.plan(PROVIDER, "FAIL"))) {
      var trial = new Trial(world);
      long pid = world.server().pid();
      Traffic traffic = world.startTraffic();
      disk.fillBut(ROOM_MEGABYTES);
      boolean isFull = Pause.until(() -> refused(world) > 0, setting.time().plus(PATIENCE));
      long reads = readWhileFull(world, trial);
      disk.free();
      long before = world.calls().size();
      long start = System.nanoTime();
      boolean goesOn = Pause.until(() -> isAccepted(world, before), PATIENCE);
      trial.note(
          new Figure(
              "accepts again",
              "%.1f s after there was room".formatted((System.nanoTime() - start) / 1e9)));
      Pause.of(FULL);
      traffic.stop();
      if (isFull && !goesOn) {
        trial.accuse(new Offence(Kind.STUCK, "the server", "it accepts nothing with room again"));
      }
      if (world.server().pid() != pid || !world.server().isAlive()) {
        trial.accuse(new Offence(Kind.STUCK, "the server", "it ended because the disk was full"));
      }
      trial.note(Figure.of("calls refused with STORAGE_FULL", refused(world)));
      trial.note(Figure.of("reads while it was full", reads));
      trial.require("calls refused with STORAGE_FULL", refused(world), 10);
      return trial.conclude(setting.title(name()), Callbacks.HURRIED);
    }
  }

  private static long readWhileFull(World world, Trial trial) {
    long end = System.nanoTime() + FULL.toNanos();
    long reads = 0;
    while (System.nanoTime() < end) {
      String target =
          reads % 2 == 0
              ? "/v1/" + world.lines().getFirst().name() + "/messages"
              : "/v1/" + world.channels().getFirst() + "/conversations";
      try {
        int status = world.api().call("GET", target, "").status();
        if (status != 200) {
          trial.accuse(new Offence(Kind.STUCK, target, "a read was answered " + status));
        }
        reads++;
      } catch (IOException e) {
        trial.accuse(new Offence(Kind.STUCK, target, "a read was not answered: " + e));
      }
      Pause.of(Duration.ofMillis(50));
    }
    return reads;
  }

  private static long refused(World world) {
    return world.calls().entries().stream()
        .map(ClientCall::answer)
        .filter(a -> a instanceof Answer.Refused(_, String why, _) && why.equals("STORAGE_FULL"))
        .count();
  }

  private static boolean isAccepted(World world, long after) {
    return world.calls().entries().stream()
        .skip(after)
        .anyMatch(call -> call.answer() instanceof Answer.Accepted);
  }
}
