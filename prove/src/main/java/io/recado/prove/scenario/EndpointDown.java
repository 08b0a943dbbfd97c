package io.recado.prove.scenario;

import io.recado.prove.ledger.Delivery;
import io.recado.prove.ledger.Event;
import io.recado.prove.world.Harvest.Callbacks;
import io.recado.prove.world.Pause;
import io.recado.prove.world.Receiver;
import io.recado.prove.world.Traffic;
import io.recado.prove.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The receiver of one endpoint is stopped under load and started again; the others stay.
public final class EndpointDown implements Scenario {

  private static final String PROVIDER =
      """
      {"latencyMillis": [20, 200], "receiptDelayMillis": [50, 500], "messagesPerSecond": null,
       "recipientLimit": null}\
      """;
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int ENOUGH = 100;

  @Override
  public String name() {
    return "endpoint-down";
  }

  @Override
  public String aim() {
    return "a receiver of webhooks is stopped and started again: all of it comes, in order";
  }

  @Override
  public Report run(Setting setting) {
    try (World world = World.make(setting.plan(PROVIDER, "FAIL"))) {
      Duration third = setting.time().dividedBy(3);
      Receiver receiver = world.receivers().receiver(0);
      Traffic traffic = world.startTraffic();
      Pause.of(third);
      receiver.stop();
      Instant stopped = Instant.now();
      Pause.of(third.compareTo(LONGEST) < 0 ? third : LONGEST);
      Instant started = Instant.now();
      receiver.start();
      Pause.of(third);
      traffic.stop();
      var trial = new Trial(world);
      Duration settled = trial.harvest().settle(Callbacks.WHEN_DUE, Duration.ofMinutes(4));
      note(trial, world, stopped, started);
      return trial.compare(setting.title(name()), trial.harvest().collect(true), settled);
    }
  }

  private static void note(Trial trial, World world, Instant stopped, Instant started) {
    List<Delivery> deliveries = world.receivers().ledger().entries();
    List<Delivery> late =
        deliveries.stream()
            .filter(each -> each.endpoint().equals("e0") && each.attempt() == 1)
            .filter(each -> isDuring(each.event(), stopped, started))
            .filter(each -> each.arrival().isAfter(started))
            .toList();
    trial.require("events of the time when the receiver was down", late.size(), ENOUGH);
    if (!late.isEmpty()) {
      Duration wait = Duration.between(started, late.getFirst().arrival());
      Duration drain = Duration.between(late.getFirst().arrival(), late.getLast().arrival());
      trial.note(
          new Figure(
              "the receiver was down",
              "%.1f s; %,d events of that time came from %.1f s after it was back, within %.1f s"
                  .formatted(
                      seconds(Duration.between(stopped, started)),
                      late.size(),
                      seconds(wait),
                      seconds(drain))));
    }
    trial.note(
        new Figure(
            "first attempts at the others meanwhile",
            Latencies.of(
                    deliveries.stream().filter(each -> !each.endpoint().equals("e0")).toList(),
                    Latencies.arrived(stopped, started))
                .toString()));
  }

  private static boolean isDuring(Event event, Instant from, Instant to) {
    return event != null && !event.time().isBefore(from) && event.time().isBefore(to);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
