package io.recado.prove.scenario;

import io.recado.prove.check.Evidence;
import io.recado.prove.check.Listed;
import io.recado.prove.check.Offence;
import io.recado.prove.check.Offence.Kind;
import io.recado.prove.fault.Fault;
import io.recado.prove.fault.FaultPlan;
import io.recado.prove.world.Harvest.Callbacks;
import io.recado.prove.world.Pause;
import io.recado.prove.world.Plan;
import io.recado.prove.world.Traffic;
import io.recado.prove.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The provider accepts, and one answer in ten is lost on its way. Receipts come, come when the
/// doubt has been decided, or never come.
public final class AnswersLost implements Scenario {

  private static final double SHARE = 0.1;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Receipts receipts;

  /// What becomes of the provider's receipts.
  public enum Receipts {
    COME("answers-lost", "the receipts settle all"),
    LATE("answers-lost-late", "the receipts come after the doubt was decided"),
    NEVER("answers-lost-never", "no receipts, so that the policy settles all");

    private final String scenario;
    private final String aim;

    Receipts(String scenario, String aim) {
      this.scenario = scenario;
      this.aim = aim;
    }
  }

  public AnswersLost(Receipts receipts) {
    this.receipts = receipts;
  }

  @Override
  public String name() {
    return receipts.scenario;
  }

  @Override
  public String aim() {
    return "the provider accepts and one answer in ten is lost; " + receipts.aim;
  }

  @Override
  public Report run(Setting setting) {
    try (World world = World.make(plan(setting))) {
      world
          .network()
          .follow(FaultPlan.of(setting.seed(), Map.of(new Fault.SwallowAnswer(), SHARE)));
      Traffic traffic = world.startTraffic();
      Pause.of(setting.time());
      traffic.stop();
      world.network().heal();
      var trial = new Trial(world);
      trial.require("answers that were lost", world.network().total(), 10);
      trial.note(Figure.of("answers that were lost", world.network().total()));
      Duration settled = trial.harvest().settle(Callbacks.WHEN_DUE, PATIENCE);
      if (receipts == Receipts.NEVER) {
        checkPolicies(setting, trial);
      }
      Evidence evidence = trial.harvest().collect(receipts != Receipts.NEVER);
      if (receipts == Receipts.LATE) {
        long corrected = outbound(evidence).filter(AnswersLost::isCorrected).count();
        trial.note(Figure.of("told as FAILED and corrected by a later receipt", corrected));
        trial.require("failures that a later receipt corrects", corrected, 10);
      }
      return trial.compare(setting.title(name()), evidence, settled);
    }
  }

  private Plan plan(Setting setting) {
    String delay =
        switch (receipts) {
          case COME -> "[50, 500]";
          case LATE ->
              "[%d, %d]"
                  .formatted(
                      setting.doubt().toMillis() + 1_000, setting.doubt().toMillis() + 3_000);
          case NEVER -> "[3600000, 3600000]";
        };
    String provider =
        """
        {"latencyMillis": [20, 100], "receiptDelayMillis": %s, "messagesPerSecond": null,
         "recipientLimit": null}\
        """
            .formatted(delay);
    return receipts == Receipts.NEVER
        ? setting.plan(provider, "FAIL", "RESEND")
        : setting.plan(provider, "FAIL");
  }

  /// Each doubt is decided within its window and five seconds, and the timeline shows it.
  private static void checkPolicies(Setting setting, Trial trial) {
    Map<String, List<Listed>> listed = trial.harvest().listed(trial.harvest().provider(false));
    long decided = 0;
    long resent = 0;
    for (Listed message : listed.values().stream().flatMap(List::stream).toList()) {
      resent += message.doubts() > 0 ? 1 : 0;
      if (!message.reason().equals("OUTCOME_UNKNOWN") || message.times().failed() == null) {
        continue;
      }
      decided++;
      Instant latest =
          lastAttempt(trial.harvest().timeline(message.name())).plus(setting.doubt()).plus(GRACE);
      if (message.times().failed().isAfter(latest)) {
        String sentence = "its doubt was decided at %s, later than %s";
        trial.accuse(
            new Offence(
                Kind.STUCK, message.name(), sentence.formatted(message.times().failed(), latest)));
      }
    }
    trial.note(Figure.of("decided by policy FAIL", decided));
    trial.note(Figure.of("sent again by policy RESEND, and marked", resent));
    trial.require("doubts decided by policy FAIL", decided, 5);
    trial.require("messages sent again by policy RESEND", resent, 5);
  }

  private static Instant lastAttempt(List<JsonNode> steps) {
    return steps.stream()
        .filter(step -> step.path("kind").asString().equals("ATTEMPT"))
        .map(
            step ->
                Instant.parse(step.path("time").asString())
                    .plusMillis(step.path("latencyMillis").asLong()))
        .reduce((_, last) -> last)
        .orElse(Instant.MAX.minus(Duration.ofDays(1)));
  }

  private static Stream<Listed> outbound(Evidence evidence) {
    return evidence.listed().values().stream().flatMap(List::stream).filter(Listed::isOutbound);
  }

  private static boolean isCorrected(Listed message) {
    return message.times().failed() != null && !message.status().equals("FAILED");
  }
}
