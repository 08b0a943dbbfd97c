package io.recado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds every Java source against google-java-format, here and not in a plugin because the
/// formatter is built on javac and must run on the JDK that the toolchain chose. With
/// `-Drecado.format=write` it formats them instead.
class FormatTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final ToolProvider FORMATTER =
      ToolProvider.findFirst("google-java-format").orElseThrow();

  @Test
  void everySourceIsFormatted() throws IOException {
    var sources = sources();
    assertThat(sources).contains(ROOT.resolve("server/src/main/java/io/recado/Main.java"));

    if (System.getProperty("recado.format", "check").equals("write")) {
      format("--replace", sources);
    } else {
      assertThat(format("--dry-run", sources).lines())
          .as(
              """
              These files are not formatted. To format them:
              mvn -q -pl server -am test -Dtest=FormatTest -Drecado.format=write -Dsurefire.failIfNoSpecifiedTests=false\
              """)
          .isEmpty();
    }
  }

  @Test
  void aSourceThatIsNotFormattedIsFound() throws IOException {
    var crooked = Files.createTempFile("Crooked", ".java");
    try {
      Files.writeString(crooked, "class  Crooked {  int x ; }\n");
      assertThat(format("--dry-run", List.of(crooked))).contains(crooked.toString());
    } finally {
      Files.delete(crooked);
    }
  }

  /// What the formatter says: with `--dry-run` the names of the files that it would change.
  private static String format(String mode, List<Path> sources) {
    var arguments = new ArrayList<>(List.of(mode));
    sources.forEach(source -> arguments.add(source.toString()));
    var output = new StringWriter();
    var errors = new StringWriter();
    var exitCode =
        FORMATTER.run(
            new PrintWriter(output), new PrintWriter(errors), arguments.toArray(String[]::new));
    assertThat(errors.toString()).isEmpty();
    assertThat(exitCode).isZero();
    return output.toString();
  }

  private static List<Path> sources() throws IOException {
    var sources = new ArrayList<Path>();
    for (var module : List.of("server", "emulator", "benchmarks", "prove", "browser")) {
      var folder = ROOT.resolve(module, "src");
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    return sources;
  }
}
