package io.recado.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --minutes x | --minutes must be a whole number from 1 to 10000, not x.
          --minutes 0 | --minutes must be a whole number from 1 to 10000, not 0.
          --kills=-1 | --kills must be a whole number from 1 to 100000, not -1.
          --database mysql | --database must be sqlite, postgresql or both, not mysql.
          --seed x | --seed must be a whole number, not x.
          --scenario kil | There is no scenario kil; there are kill,
          --minutes | --minutes needs a value.
          --minuets 5 | There is no option --minuets; there are --minutes,
          kill | One word too many: kill
          """)
  void wrongArgumentsEndWithTwoAndSayWhatToChange(String arguments, String sentence) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith(sentence);
    assertThat(out.size()).isZero();
  }

  @Test
  void askedForHelpItNamesEveryScenario() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("kill ", "answers-lost ", "faulty-provider ", "torn-file ", "soak ");
  }

  private int run(String... arguments) {
    return Main.run(List.of(arguments), new PrintStream(out), new PrintStream(err));
  }
}
