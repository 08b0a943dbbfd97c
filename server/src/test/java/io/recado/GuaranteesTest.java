package io.recado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds docs/guarantees.md to the tests that it names.
class GuaranteesTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Contract))(?:\\.(\\w+))?`");

  @Test
  void everyTestThatAGuaranteeNamesIsThere() throws IOException {
    Map<String, Path> tests = tests();
    String text = Files.readString(ROOT.resolve("docs/guarantees.md"));
    List<String> missing =
        NAMED
            .matcher(text)
            .results()
            .filter(named -> !isThere(tests.get(named.group(1)), named.group(2)))
            .map(named -> named.group())
            .toList();
    assertThat(missing).isEmpty();
    assertThat(NAMED.matcher(text).results()).hasSizeGreaterThan(60);
  }

  private static boolean isThere(Path source, String method) {
    try {
      return source != null
          && (method == null || Files.readString(source).contains("void " + method + "("));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Path> tests() throws IOException {
    try (Stream<Path> server = Files.walk(ROOT.resolve("server/src/test/java"));
        Stream<Path> prove = Files.walk(ROOT.resolve("prove/src/test/java"))) {
      return Stream.concat(server, prove)
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  Function.identity(),
                  (first, _) -> first));
    }
  }
}
