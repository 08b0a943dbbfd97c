package io.recado.prove.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.prove.check.Findings;
import io.recado.prove.check.Offence;
import io.recado.prove.check.Offence.Kind;
import io.recado.prove.scenario.Report.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Offence LOST = new Offence(Kind.LOST, "a", "it is not listed");

  @Test
  void aRunThatExercisedNothingIsVoidAndSaysWhatWasMissing() {
    Report report = report(List.of(), new Requirement("kills that hit a send", 1, 2));

    assertThat(report.verdict()).isEqualTo(Verdict.VOID);
    assertThat(printed(report))
        .contains("VOID", "void: kills that hit a send: 1, and it takes 2 to show anything");
  }

  @Test
  void aRunThatExercisedEnoughAndFoundNothingHasPassed() {
    Report report = report(List.of(), new Requirement("kills that hit a send", 2, 2));

    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(printed(report))
        .contains("lost 0 · double 0 · reordered 0 · phantom 0 · stuck 0 · wrong status 0");
  }

  @Test
  void aBrokenPromiseIsAFailureAlsoInARunThatIsVoid() {
    Report report = report(List.of(LOST), new Requirement("kills that hit a send", 0, 2));

    assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(printed(report))
        .contains("FAILED", "lost 1 · double 0", "lost: a: it is not listed");
  }

  private static Report report(List<Offence> offences, Requirement requirement) {
    return new Report(
        "kill",
        new Findings(offences, 1, 0),
        List.of(Figure.of("kills", 2)),
        List.of(requirement),
        offences.stream().map(each -> "lost: a: " + each.sentence()).toList());
  }

  private static String printed(Report report) {
    var bytes = new ByteArrayOutputStream();
    report.print(new PrintStream(bytes));
    return bytes.toString();
  }
}
