package io.recado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.recado.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs what examples/ holds against a real sandbox, but for the receivers of webhooks, which
/// [WebhookReceiversTest] runs. An example whose language is not on this machine is skipped with a
/// notice.
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();
  private static final int MAX_LINES = 39;

  private static RunningSandbox sandbox;
  private static String key;

  /// The examples, each with the command that runs it.
  enum Example {
    CURL("curl/send.sh", "curl", "sh", "send.sh"),
    JAVA("java/Send.java", "java", System.getProperty("java.home") + "/bin/java", "Send.java"),
    // Node runs TypeScript from 22.18 on; this one is JavaScript too.
    TYPESCRIPT("typescript/send.ts", "node", "node", "--input-type=module", "-"),
    PYTHON("python/send.py", "python3", "python3", "send.py"),
    GO("go/send.go", "go", "go", "run", "send.go");

    private final String file;
    private final String language;
    private final List<String> command;

    Example(String file, String language, String... command) {
      this.file = file;
      this.language = language;
      this.command = List.of(command);
    }
  }

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    sandbox = RunningSandbox.start(folder);
    key = Files.readString(folder.resolve("data/sandbox/admin.key")).strip();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @EnumSource
  void anExampleSendsAMessageAndSeesItRead(Example example) throws Exception {
    Shell.Result result = run(example);

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("channels/6633a1b2c4d5e6f7a8b9c0d1/conversations/664fa2b3c4d5e6f7a8b9c0d2/")
        .contains(" READ");
  }

  @ParameterizedTest
  @EnumSource
  void anExampleSaysWhatIsWrongWithARefusedMessage(Example example) throws Exception {
    Shell.Result result = run(example, "x".repeat(5_000));

    assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
    assertThat(result.output()).contains("text: At most 4096 ").containsPattern("text\\W+(d|A)");
  }

  @ParameterizedTest
  @EnumSource
  void anExampleStaysShort(Example example) throws IOException {
    assertThat(Files.readAllLines(EXAMPLES.resolve(example.file)))
        .hasSizeLessThanOrEqualTo(MAX_LINES);
  }

  @Test
  void everyExampleIsRun() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      assertThat(files.filter(Files::isRegularFile).map(EXAMPLES::relativize).map(Path::toString))
          .filteredOn(file -> !file.equals("README.md") && !file.startsWith("webhooks"))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(Example.values()).map(example -> example.file).toList());
    }
  }

  private static Shell.Result run(Example example, String... text) throws Exception {
    assumeTrue(
        Shell.has(example.language), () -> example.language + " is not on this machine: not run");
    Path file = EXAMPLES.resolve(example.file);
    List<String> command = new ArrayList<>(example.command);
    command.addAll(List.of(text));
    return Shell.run(
        command,
        file.getParent(),
        example == Example.TYPESCRIPT ? file : null,
        Map.of("RECADO_URL", sandbox.address(), "RECADO_KEY", key));
  }
}
