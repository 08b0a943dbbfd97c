package io.recado.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs commands of this machine.
public final class Shell {

  private static final long PATIENCE_SECONDS = 120;

  private Shell() {}

  /// Whether a command is on the path.
  public static boolean has(String command) throws IOException, InterruptedException {
    return run(List.of("sh", "-c", "command -v " + command), Path.of("."), null, Map.of()).exitCode
        == 0;
  }

  /// Runs a command to its end.
  ///
  /// @param input the file that is its standard input; null for none
  /// @param environment added to this process's
  public static Result run(
      List<String> command, Path folder, @Nullable Path input, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("shell", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(
                  input == null
                      ? ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())
                      : ProcessBuilder.Redirect.from(input.toFile()));
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " did not end");
      }
      return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  /// How it ended.
  ///
  /// @param output standard output and error, as they came
  public record Result(int exitCode, String output) {}
}
