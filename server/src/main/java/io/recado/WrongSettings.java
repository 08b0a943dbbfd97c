package io.recado;

import java.util.List;

/// Settings that are refused: one line for each problem, which names the setting and how to mend
/// it. Exit code 2.
public final class WrongSettings extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  WrongSettings(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /// The lines.
  public List<String> problems() {
    return problems;
  }
}
