package io.recado.prove.scenario;

import io.recado.prove.check.Offence;
import io.recado.prove.check.Offence.Kind;
import io.recado.prove.ledger.ClientCall;
import io.recado.prove.world.Harvest.Callbacks;
import io.recado.prove.world.Pause;
import io.recado.prove.world.SlowConnections;
import io.recado.prove.world.Traffic;
import io.recado.prove.world.World;
import java.time.Duration;
import java.util.List;

/// Hundreds of connections that send a header, a body or nothing at all as slowly as they can, or
/// half of it, some that never read, and as many that nobody uses as a server may have, while
/// others send as ever: these wait at most twice as long.
public final class SlowClients implements Scenario {

  private static final String PROVIDER =
      """
      {"latencyMillis": [20, 200], "receiptDelayMillis": [5, 300], "messagesPerSecond": null,
       "recipientLimit": null}\
      """;
  private static final int EACH = 60;
  private static final int UNUSED = 10_000;

  /// Below this a doubling is noise.
  private static final long UNNOTICED_MILLIS = 500;

  @Override
  public String name() {
    return "slow-clients";
  }

  @Override
  public String aim() {
    return "connections that send or read as slowly as they can, beside others that send as ever";
  }

  @Override
  public Report run(Setting setting) {
    try (World world = World.make(setting.plan(PROVIDER, "FAIL"))) {
      Duration half = setting.time().dividedBy(2);
      Traffic traffic = world.startTraffic();
      Pause.of(half);
      int before = world.calls().size();
      double calm = p99(world.calls().entries().subList(before / 3, before));
      long closed;
      int idle;
      int opened;
      try (SlowConnections slow = SlowConnections.open(world.address(), EACH, UNUSED)) {
        opened = world.calls().size();
        Pause.of(half);
        closed = slow.closed();
        idle = slow.idle();
      }
      List<ClientCall> all = world.calls().entries();
      double meanwhile = p99(all.subList(before, opened));
      double crowded = p99(all.subList(opened, all.size()));
      traffic.stop();
      var trial = new Trial(world);
      trial.note(
          new Figure(
              "99 of 100 calls answered",
              "within %.0f ms without them, %.0f ms while they are opened, %.0f ms beside them"
                  .formatted(calm, meanwhile, crowded)));
      trial.note(
          new Figure(
              "slow connections",
              "%d opened, %d closed by the server in %d s"
                  .formatted(SlowConnections.KINDS * EACH, closed, half.toSeconds())));
      trial.note(Figure.of("connections that nobody used", idle));
      if (crowded > Math.max(2 * calm, UNNOTICED_MILLIS)) {
        trial.accuse(
            new Offence(
                Kind.BEYOND_LIMITS,
                "the server",
                "99 of 100 calls within %.0f ms, %.0f without them".formatted(crowded, calm)));
      }
      trial.require("slow connections closed by the server", closed, EACH);
      return trial.conclude(setting.title(name()), Callbacks.WHEN_DUE);
    }
  }

  private static double p99(List<ClientCall> calls) {
    long[] millis =
        calls.stream()
            .mapToLong(call -> Duration.between(call.start(), call.end()).toMillis())
            .sorted()
            .toArray();
    return millis.length == 0 ? 0 : millis[(int) ((millis.length - 1) * 0.99)];
  }
}
