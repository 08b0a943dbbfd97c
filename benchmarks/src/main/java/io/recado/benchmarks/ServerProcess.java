package io.recado.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own, ready to be asked. Ended with [#close].
final class ServerProcess implements AutoCloseable {

  /// How the line begins with which a server says that it is ready.
  static final String READY = "Recado is ready at ";

  private static final String SAYS_WHERE = " is ready at ";

  /// The admin key of every server that is measured.
  static final String KEY = "benchmark-admin-key-0123456789";

  // As ./recado starts it.
  private static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UseSerialGC",
          "-Xms64m",
          "-XX:MaxRAMPercentage=50");

  private final Process process;
  private final String address;
  private final long readyNanos;

  private ServerProcess(Process process, String address, long readyNanos) {
    this.process = process;
    this.address = address;
    this.readyNanos = readyNanos;
  }

  /// The handler that stores nothing.
  static ServerProcess bare() throws IOException {
    return start(java(BareServer.class.getName()), Map.of("RECADO_ADMIN_KEY", KEY));
  }

  /// The WhatsApp emulator, without a configuration.
  static ServerProcess emulator() throws IOException {
    return start(java("io.recado.emulator.Main", "--port", "0"), Map.of());
  }

  /// The real server over a data folder, started from this program's own class path.
  static ServerProcess recado(Path data) throws IOException {
    return recado(java("io.recado.Main", "serve"), data);
  }

  /// The real server over a data folder, started by any command that becomes `serve`.
  static ServerProcess recado(List<String> command, Path data) throws IOException {
    return start(command, settings(data));
  }

  /// The real server, which sends to a provider of ours.
  ///
  /// @param provider its address
  static ServerProcess recado(Path data, String provider) throws IOException {
    Map<String, String> settings = new TreeMap<>(settings(data));
    settings.put("RECADO_WHATSAPP_BASE_URL", provider);
    return start(java("io.recado.Main", "serve"), settings);
  }

  private static Map<String, String> settings(Path data) {
    return Map.of(
        "RECADO_HOST",
        "127.0.0.1",
        "RECADO_PORT",
        "0",
        "RECADO_DATA",
        data.toString(),
        "RECADO_WEBHOOK_ALLOW",
        "127.0.0.0/8",
        "RECADO_ADMIN_KEY",
        KEY);
  }

  /// Where it listens, such as `http://127.0.0.1:8080`.
  String address() {
    return address;
  }

  int port() {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  long pid() {
    return process.pid();
  }

  /// The time from its start to its ready line.
  long readyNanos() {
    return readyNanos;
  }

  /// What it has used so far.
  ProcessUsage usage() throws IOException {
    return ProcessUsage.of(process.pid());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static ServerProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    File log = Files.createTempFile("benchmark-server", ".log").toFile();
    log.deleteOnExit();
    var builder = new ProcessBuilder(command).redirectError(log);
    builder.environment().keySet().removeIf(name -> name.startsWith("RECADO_"));
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      int ready = line.indexOf(SAYS_WHERE);
      if (ready >= 0) {
        long nanos = System.nanoTime() - start;
        String address = line.substring(ready + SAYS_WHERE.length()).strip();
        return new ServerProcess(process, address, nanos);
      }
    }
    throw new IOException(
        "the server ended before it was ready: " + Files.readString(log.toPath()).strip());
  }

  private static List<String> java(String... mainAndArguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    String more = System.getenv("BENCHMARK_SERVER_FLAGS");
    if (more != null) {
      command.addAll(List.of(more.split(" ")));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(mainAndArguments));
    return command;
  }
}
