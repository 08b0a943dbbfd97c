package io.recado.prove.scenario;

import io.recado.prove.check.Listed;
import io.recado.prove.check.Offence;
import io.recado.prove.check.Offence.Kind;
import io.recado.prove.check.Prefix;
import io.recado.prove.ledger.ClientCall;
import io.recado.prove.world.Api;
import io.recado.prove.world.CannotRun;
import io.recado.prove.world.Database.Engine;
import io.recado.prove.world.DatabaseCopy;
import io.recado.prove.world.FreePort;
import io.recado.prove.world.Harvest;
import io.recado.prove.world.Harvest.Callbacks;
import io.recado.prove.world.Pause;
import io.recado.prove.world.ServerProcess;
import io.recado.prove.world.Traffic;
import io.recado.prove.world.World;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Copies database and write-ahead log at random instants under load, tears the end of some, and
/// opens them: each holds what was promised up to some moment, or is refused.
public final class TornFile implements Scenario {

  private static final String PROVIDER =
      """
      {"latencyMillis": [20, 200], "receiptDelayMillis": [5, 300], "messagesPerSecond": null,
       "recipientLimit": null}\
      """;
  private static final Duration PER_COPY = Duration.ofSeconds(3);
  private static final int MOST_COPIES = 60;

  /// What is done to a copy before it is opened.
  private enum Tear {
    NONE,
    TRUNCATED,
    FLIPPED
  }

  @Override
  public String name() {
    return "torn-file";
  }

  @Override
  public String aim() {
    return "copies of SQLite's files at random instants, some torn, are opened";
  }

  @Override
  public List<Engine> engines(List<Engine> wanted) {
    return wanted.stream().filter(engine -> engine == Engine.SQLITE).toList();
  }

  @Override
  public Report run(Setting setting) {
    try (World world = World.make(setting.plan(PROVIDER, "FAIL"))) {
      var random = new Random(setting.seed());
      List<DatabaseCopy> copies = new ArrayList<>();
      Traffic traffic = world.startTraffic();
      int count = Math.clamp(setting.time().dividedBy(PER_COPY), Tear.values().length, MOST_COPIES);
      for (int i = 0; i < count; i++) {
        Pause.of(Duration.ofMillis(random.nextInt(300, 1_500)));
        copies.add(
            DatabaseCopy.take(
                world.server(),
                world.data(),
                setting.work().resolve("copy-" + i),
                InstantSource.system().instant()));
      }
      traffic.stop();
      var trial = new Trial(world);
      openAll(world, trial, copies, random);
      return trial.conclude(setting.title(name()), Callbacks.WHEN_DUE);
    }
  }

  private static void openAll(World world, Trial trial, List<DatabaseCopy> copies, Random random) {
    Map<Tear, Integer> opened = new LinkedHashMap<>();
    int refused = 0;
    List<ClientCall> calls = world.calls().entries();
    for (int i = 0; i < copies.size(); i++) {
      DatabaseCopy copy = copies.get(i);
      Tear tear = copy.frames() == 0 ? Tear.NONE : Tear.values()[i % Tear.values().length];
      switch (tear) {
        case NONE -> {}
        case TRUNCATED -> copy.truncate(random);
        case FLIPPED -> copy.flip(random);
      }
      String what = "copy " + i + " (" + tear + ")";
      try {
        Map<String, List<String>> listed = listed(world, copy);
        Prefix.examine(what, calls, listed, tear == Tear.NONE ? copy.taken() : null)
            .forEach(trial::accuse);
        copy.damages().forEach(each -> trial.accuse(new Offence(Kind.DAMAGED, what, each)));
        opened.merge(tear, 1, Integer::sum);
      } catch (CannotRun e) {
        refused++;
        if (tear == Tear.NONE) {
          trial.accuse(new Offence(Kind.LOST, what, "the server refuses it: " + e.getMessage()));
        }
      }
    }
    trial.note(new Figure("copies opened", opened + ", refused " + refused));
    for (Tear tear : Tear.values()) {
      trial.require("copies " + tear + ", opened", opened.getOrDefault(tear, 0), 1);
    }
  }

  private static Map<String, List<String>> listed(World world, DatabaseCopy copy) {
    int port = FreePort.take();
    try (ServerProcess server = world.open(copy.folder(), port);
        Api api = world.api().at("http://127.0.0.1:" + port)) {
      Map<String, List<String>> texts = new LinkedHashMap<>();
      new Harvest(world)
          .listed(api, List.of())
          .forEach(
              (label, messages) ->
                  texts.put(
                      label,
                      messages.stream().filter(Listed::isOutbound).map(Listed::text).toList()));
      server.stop();
      return texts;
    }
  }
}
