package io.recado.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own, which can be killed.
public final class RecadoProcess implements AutoCloseable {

  private static final String READY = "Recado is ready at ";

  private final Process process;
  private final String address;

  private RecadoProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /// Starts `serve`; returns when it says that it is ready.
  ///
  /// @param settings the only ones that it sees
  /// @param log where its standard error goes
  public static RecadoProcess start(Map<String, String> settings, Path log) {
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.recado.Main",
                "serve"));
    builder.environment().keySet().removeIf(name -> name.startsWith("RECADO_"));
    builder.environment().putAll(settings);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      Process process = builder.start();
      return new RecadoProcess(process, address(process.inputReader()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it listens.
  public String address() {
    return address;
  }

  /// Ends it as a power failure would; returns when it is gone.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Asks it to stop, and waits for it.
  ///
  /// @return the exit code
  public int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      throw new AssertionError("the server does not stop");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static String address(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(READY)) {
        return line.substring(READY.length());
      }
    }
    throw new AssertionError("the server ended before it was ready");
  }
}
