package io.recado.prove.scenario;

import io.recado.prove.check.Evidence;
import io.recado.prove.check.Findings;
import io.recado.prove.check.Offence;
import io.recado.prove.check.Oracle;
import io.recado.prove.check.Told;
import io.recado.prove.ledger.ProviderCall;
import io.recado.prove.world.Harvest;
import io.recado.prove.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// From the end of the faults to the report.
final class Trial {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int SHOWN = 10;

  private final World world;
  private final Harvest harvest;
  private final List<Figure> figures = new ArrayList<>();
  private final List<Requirement> requirements = new ArrayList<>();
  private final List<Offence> offences = new ArrayList<>();

  Trial(World world) {
    this.world = world;
    this.harvest = new Harvest(world);
  }

  Harvest harvest() {
    return harvest;
  }

  void note(Figure figure) {
    figures.add(figure);
  }

  void require(String what, long found, long needed) {
    requirements.add(new Requirement(what, found, needed));
  }

  /// Something that was found wrong on the way.
  void accuse(Offence offence) {
    offences.add(offence);
  }

  /// Lets everything settle, and compares.
  Report conclude(String title, Harvest.Callbacks callbacks) {
    Duration settled = harvest.settle(callbacks, PATIENCE);
    return compare(title, harvest.collect(true), settled);
  }

  /// Compares what has settled.
  Report compare(String title, Evidence evidence, Duration settled) {
    Findings found = Oracle.examine(evidence);
    offences.addAll(found.offences());
    var findings = new Findings(List.copyOf(offences), found.accepted(), found.doubtful());
    long accepts = evidence.provider().stream().filter(ProviderCall::isAccepted).count();
    figures.addFirst(
        new Figure(
            "messages accepted",
            "%,d, in %,d calls of clients; %,d calls of the provider, %,d accepted; %,d written by people"
                .formatted(
                    found.accepted(),
                    evidence.calls().size(),
                    evidence.provider().size(),
                    accepts,
                    evidence.written().size())));
    noteWebhooks(evidence.told());
    note(Figure.of("told as FAILED with an unknown outcome", found.doubtful()));
    note(new Figure("settled", "%.1f s after the last fault".formatted(settled.toMillis() / 1e3)));
    require("messages accepted", found.accepted(), world.lines().size());
    return new Report(title, findings, figures, requirements, offenders());
  }

  private void noteWebhooks(Told told) {
    long again = told.deliveries().stream().filter(each -> each.attempt() > 1).count();
    note(
        new Figure(
            "webhooks",
            "%,d events told %d endpoints in %,d requests, %,d of them again; first attempts %s"
                .formatted(
                    told.events().size(),
                    told.endpoints().size(),
                    told.deliveries().size(),
                    again,
                    Latencies.of(told.deliveries(), _ -> true))));
    require("requests to webhook endpoints", told.deliveries().size(), world.lines().size());
  }

  private List<String> offenders() {
    List<String> lines = new ArrayList<>();
    if (offences.isEmpty()) {
      return lines;
    }
    world.server().close();
    world.restart();
    for (Offence offence : offences.subList(0, Math.min(SHOWN, offences.size()))) {
      lines.add(
          "%s: %s: %s".formatted(offence.kind().inWords(), offence.subject(), offence.sentence()));
      if (offence.subject().startsWith("channels/")) {
        harvest.timeline(offence.subject()).forEach(step -> lines.add("    " + words(step)));
      }
    }
    if (offences.size() > SHOWN) {
      lines.add("and %,d more".formatted(offences.size() - SHOWN));
    }
    return lines;
  }

  private static String words(JsonNode step) {
    return step.path("time").asString() + " " + step.path("text").asString();
  }
}
