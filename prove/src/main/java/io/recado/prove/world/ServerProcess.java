package io.recado.prove.world;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A server in a process of its own.
public final class ServerProcess implements AutoCloseable {

  private static final String READY = "Recado is ready at ";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Duration readyAfter;

  private ServerProcess(Process process, Duration readyAfter) {
    this.process = process;
    this.readyAfter = readyAfter;
  }

  /// Starts `serve`; returns when it says that it is ready.
  ///
  /// @param settings the only ones that it sees
  /// @param log where its standard error goes, behind what is there
  /// @throws CannotRun when it ends before that, or takes longer than a minute
  public static ServerProcess start(Launch launch, Map<String, String> settings, Path log) {
    long start = System.nanoTime();
    Process process = serve(launch, settings, log);
    awaitReady(process, log);
    return new ServerProcess(process, Duration.ofNanos(System.nanoTime() - start));
  }

  /// As [#start], but returns at once; it may never become ready.
  static ServerProcess begin(Launch launch, Map<String, String> settings, Path log) {
    return new ServerProcess(serve(launch, settings, log), Duration.ZERO);
  }

  private static Process serve(Launch launch, Map<String, String> settings, Path log) {
    List<String> command = new ArrayList<>(launch.command());
    command.add("serve");
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("RECADO_"));
    builder.environment().putAll(settings);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What another command of the server's prints.
  ///
  /// @throws CannotRun when it fails
  static String output(Launch launch, Map<String, String> settings, String... arguments) {
    List<String> command = new ArrayList<>(launch.command());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("RECADO_"));
    builder.environment().putAll(settings);
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes()).strip();
      if (process.waitFor() != 0) {
        throw new CannotRun(String.join(" ", arguments) + " failed; its error is above.");
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("Interrupted.");
    }
  }

  private static void awaitReady(Process process, Path log) {
    CompletableFuture<Boolean> ready =
        CompletableFuture.supplyAsync(
            () -> saysReady(process.inputReader()), Thread::startVirtualThread);
    try {
      if (ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      // Said below.
    }
    process.destroyForcibly();
    throw new CannotRun("The server did not become ready; its log is " + log + ".");
  }

  private static boolean saysReady(BufferedReader out) {
    return out.lines().anyMatch(line -> line.startsWith(READY));
  }

  /// From the start of the process to its ready line; zero when nobody waited for that.
  public Duration readyAfter() {
    return readyAfter;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Sends it a signal, such as `STOP`.
  public void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// SIGKILL; returns when it is gone.
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /// SIGTERM, and waits for the end.
  ///
  /// @return the exit code
  /// @throws CannotRun when it does not end within a minute
  public int stop() {
    process.destroy();
    return awaitEnd();
  }

  private int awaitEnd() {
    try {
      if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new CannotRun("The server does not stop.");
  }

  @Override
  public void close() {
    kill();
  }
}
