package io.recado.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules for the console's own files that a browser would only show when it breaks.
class SourcesTest {

  private static final SortedMap<String, byte[]> FILES = Sources.read();

  /// Longer ones are hard to read at a sitting.
  private static final int MOST_LINES = 350;

  static Stream<String> scripts() {
    return FILES.keySet().stream().filter(name -> name.endsWith(".js"));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void noScriptMakesMarkupOrStyleThatThePolicyForbids(String file) {
    assertThat(text(file))
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
        .doesNotContain("unsafeHTML", "styleMap")
        .doesNotContainPattern("\\sstyle=[\"$]");
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void noScriptIsLongerThanAReaderCanTakeIn(String file) {
    assertThat(text(file).lines().count()).isLessThanOrEqualTo(MOST_LINES);
  }

  @Test
  void sidesAreNamedByTheDirectionOfTheTextSoThatItReadsFromTheRightToo() {
    for (String file : FILES.keySet()) {
      if (file.endsWith(".css")) {
        assertThat(text(file))
            .as(file)
            .doesNotContainPattern("(margin|padding|border|inset)-(left|right)\\b")
            .doesNotContainPattern("(^|[\\s;{])(left|right):")
            .doesNotContainPattern("(text-align|float): (left|right)");
      }
    }
  }

  private static String text(String file) {
    return new String(FILES.get(file), StandardCharsets.UTF_8);
  }
}
