package io.recado.prove.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.prove.check.Offence;
import io.recado.prove.scenario.Report.Verdict;
import io.recado.prove.world.Database.Engine;
import io.recado.prove.world.Launch;
import io.recado.prove.world.Load;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The short form of `./recado prove --scenario kill`: the server's process is killed five times
/// under load.
@Timeout(240)
class KillTest {

  private static final int KILLS = 5;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void noKillLosesOrRepeatsOrDisordersWhatWasAnswered(Engine engine) {
    long seed = Long.getLong("recado.prove.seed", new Random().nextInt());
    Report report =
        new Kill()
            .run(
                new Setting(
                    Launch.ofClasses(System.getProperty("java.class.path")),
                    engine,
                    folder,
                    seed,
                    Duration.ofSeconds(12),
                    KILLS,
                    new Load(2, 40, 80, 10),
                    Duration.ofSeconds(2)));
    report.print(System.err);

    assertThat(report.findings().offences()).extracting(Offence::sentence).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
  }
}
