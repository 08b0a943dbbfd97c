package io.recado.prove.scenario;

import io.recado.prove.check.Findings;
import io.recado.prove.check.Offence.Kind;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What came of a scenario.
///
/// @param title which scenario, on which database, from which seed
/// @param figures in the order in which they are printed
/// @param requirements without all of which the run has shown nothing
/// @param offenders the first of those that broke a promise, with their timelines
public record Report(
    String title,
    Findings findings,
    List<Figure> figures,
    List<Requirement> requirements,
    List<String> offenders) {

  /// PASSED: every promise was kept, and there was something to keep. VOID: nothing was shown.
  public enum Verdict {
    PASSED,
    FAILED,
    VOID
  }

  public Verdict verdict() {
    if (!findings.offences().isEmpty()) {
      return Verdict.FAILED;
    }
    return requirements.stream().allMatch(Requirement::isMet) ? Verdict.PASSED : Verdict.VOID;
  }

  /// How often each promise was broken, on one line.
  public String counts() {
    return Arrays.stream(Kind.values())
        .map(kind -> kind.inWords() + " " + findings.count(kind))
        .collect(Collectors.joining(" · "));
  }

  /// Prints it, for people.
  public void print(PrintStream out) {
    out.println(title + ": " + verdict());
    out.println("  " + counts());
    for (Figure figure : figures) {
      out.println("  " + figure.name() + ": " + figure.value());
    }
    for (Requirement requirement : requirements) {
      if (!requirement.isMet()) {
        String line = "  void: %s: %,d, and it takes %,d to show anything%n";
        out.printf(line, requirement.what(), requirement.found(), requirement.needed());
      }
    }
    offenders.forEach(each -> out.println("  " + each));
  }
}
