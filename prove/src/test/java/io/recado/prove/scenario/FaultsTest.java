package io.recado.prove.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.prove.check.Offence;
import io.recado.prove.scenario.AnswersLost.Receipts;
import io.recado.prove.scenario.Report.Verdict;
import io.recado.prove.world.Database.Engine;
import io.recado.prove.world.Launch;
import io.recado.prove.world.Load;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Short forms of `./recado prove --scenario answers-lost-never,torn-file,fault-points`.
@Timeout(240)
class FaultsTest {

  @TempDir private Path folder;

  @Test
  void lostAnswersAreDecidedByPolicyInTimeAndNothingIsSentTwiceUnmarked() {
    passes(new AnswersLost(Receipts.NEVER), new Load(2, 40, 120, 5), Duration.ofSeconds(4));
  }

  @Test
  void aCrashAtAnyInstantLeavesAPrefixOfWhatWasPromised() {
    passes(new TornFile(), new Load(1, 20, 100, 5), Duration.ofSeconds(3));
  }

  @Test
  void aKillExactlyAtAFaultPointLeavesWhatWasPromised() {
    passes(new FaultPoints(1), new Load(2, 40, 40, 4), Duration.ofSeconds(1));
  }

  private void passes(Scenario scenario, Load load, Duration time) {
    Report report =
        scenario.run(
            new Setting(
                Launch.ofClasses(System.getProperty("java.class.path")),
                Engine.SQLITE,
                folder,
                20_261_122,
                time,
                0,
                load,
                Duration.ofSeconds(2)));
    report.print(System.err);

    assertThat(report.findings().offences()).extracting(Offence::sentence).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
  }
}
