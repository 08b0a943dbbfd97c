package io.recado.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.prove.Schedule.Run;
import io.recado.prove.scenario.DisorderedReceipts;
import io.recado.prove.scenario.Kill;
import io.recado.prove.scenario.Scenario;
import io.recado.prove.scenario.TornFile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final List<Scenario> KNOWN =
      List.of(new Kill(), new DisorderedReceipts(), new TornFile());

  @Test
  void killsRunOnEachDatabaseAndTheOthersOnTheFirstOne() {
    assertThat(names(of("--minutes", "10")))
        .containsExactly("kill SQLITE", "kill POSTGRESQL", "receipts SQLITE", "torn-file SQLITE");
  }

  @Test
  void allOfTheTimeIsGivenAway() {
    Schedule schedule = of("--minutes", "10");

    assertThat(schedule.runs().stream().map(Run::time).reduce(Duration::plus))
        .hasValue(Duration.ofMinutes(10));
    assertThat(schedule.leftOut()).isEmpty();
  }

  @Test
  void whatDoesNotFitInTheTimeIsLeftOutAndSaid() {
    Schedule schedule = of("--minutes", "1");

    assertThat(names(schedule)).containsExactly("kill SQLITE");
    assertThat(schedule.leftOut())
        .contains(
            "torn-file on sqlite: not enough time; give more --minutes, or name it with"
                + " --scenario");
  }

  @Test
  void whatDoesNotRunOnADatabaseIsLeftOutAndSaid() {
    Schedule schedule = of("--database", "postgresql", "--scenario", "kill,torn-file");

    assertThat(names(schedule)).containsExactly("kill POSTGRESQL");
    assertThat(schedule.leftOut()).containsExactly("torn-file: not on this database");
  }

  @Test
  void killsWithoutMinutesTakeTheTimeThatTheyNeed() {
    Run kill = of("--kills", "200", "--scenario", "kill", "--database", "sqlite").runs().getFirst();

    assertThat(kill.kills()).isEqualTo(200);
    assertThat(kill.time()).isEqualTo(Duration.ofSeconds(810));
  }

  private static List<String> names(Schedule schedule) {
    return schedule.runs().stream().map(run -> run.scenario().name() + " " + run.engine()).toList();
  }

  private static Schedule of(String... arguments) {
    return Schedule.of(Options.read(List.of(arguments), 1, KNOWN));
  }
}
