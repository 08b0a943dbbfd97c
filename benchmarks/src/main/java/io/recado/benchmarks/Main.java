package io.recado.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `./recado bench COMMAND name=value…`, or without a command the main figures; see
/// benchmarks/README.md.
final class Main {

  private static final List<String> MAIN_FIGURES = List.of("accept", "list", "start");

  private static final String USAGE =
      """
      Usage: ./recado bench [COMMAND [name=value]…]; without a command: accept, list and start
      accept [connections=64] [conversations=200] [rounds=3] [warmup=10] [seconds=6] [keys=no]
      journal [callers=64] [conversations=200] [rounds=5] [seconds=4]
      list [messages=1000000] [rounds=5] [seconds=4]
      core
      emulator [connections=64] [recipients=1000] [rate=0] [rounds=3] [warmup=10] [seconds=6]
      start [rounds=5]
      webhook [connections=64] [rate=500] [backlog=20000] [rounds=3] [warmup=10] [seconds=6]
      durable [connections=64] [seconds=3]
      """;

  private Main() {}

  static void main(String[] args) throws Exception {
    if (args.length == 0) {
      for (String command : MAIN_FIGURES) {
        System.out.println(command);
        run(command, new Options(args));
      }
    } else if (args[0].equals("--help")) {
      System.out.print(USAGE);
    } else {
      run(args[0], new Options(args));
    }
  }

  private static void run(String command, Options options) throws Exception {
    switch (command) {
      case "accept" -> accept(options).run(System.out);
      case "journal" -> journal(options).run(System.out);
      case "list" -> list(options).run(System.out);
      case "core" -> org.openjdk.jmh.Main.main(new String[] {"CoreBenchmark"});
      case "emulator" -> emulator(options).run(System.out);
      case "webhook" -> webhook(options).run(System.out);
      case "durable" ->
          new DurabilityCheck(
                  options.number("connections", 64),
                  Duration.ofSeconds(options.number("seconds", 3)))
              .run(System.out);
      case "start" -> new StartBenchmark(options.number("rounds", 5), root()).run(System.out);
      default -> {
        System.err.print(USAGE);
        System.exit(2);
      }
    }
  }

  /// Where the launcher is.
  private static Path root() {
    String launcher = System.getProperty("recado.launcher", "recado");
    return Path.of(launcher).toAbsolutePath().getParent();
  }

  private static AcceptBenchmark accept(Options options) {
    return new AcceptBenchmark(
        options.number("connections", 64),
        options.number("conversations", 200),
        options.number("rounds", 3),
        Duration.ofSeconds(options.number("warmup", 10)),
        Duration.ofSeconds(options.number("seconds", 6)),
        options.flag("keys"));
  }

  private static JournalBenchmark journal(Options options) {
    return new JournalBenchmark(
        options.number("callers", 64),
        options.number("conversations", 200),
        options.number("rounds", 5),
        Duration.ofSeconds(options.number("seconds", 4)));
  }

  private static EmulatorBenchmark emulator(Options options) {
    return new EmulatorBenchmark(
        options.number("connections", 64),
        options.number("recipients", 1_000),
        options.number("rate", LoadGenerator.UNLIMITED),
        options.number("rounds", 3),
        Duration.ofSeconds(options.number("warmup", 10)),
        Duration.ofSeconds(options.number("seconds", 6)));
  }

  private static WebhookBenchmark webhook(Options options) {
    return new WebhookBenchmark(
        options.number("connections", 64),
        options.number("rate", 500),
        options.number("backlog", 20_000),
        options.number("rounds", 3),
        Duration.ofSeconds(options.number("warmup", 10)),
        Duration.ofSeconds(options.number("seconds", 6)));
  }

  private static ListBenchmark list(Options options) {
    return new ListBenchmark(
        options.number("messages", 1_000_000),
        options.number("rounds", 5),
        Duration.ofSeconds(options.number("seconds", 4)));
  }

  /// What stands behind the command, as `name=value`.
  private static final class Options {

    private final Map<String, String> values = new TreeMap<>();

    Options(String[] args) {
      for (int i = 1; i < args.length; i++) {
        String[] pair = args[i].split("=", 2);
        values.put(pair[0], pair.length == 2 ? pair[1] : "yes");
      }
    }

    int number(String name, int usual) {
      return Integer.parseInt(values.getOrDefault(name, Integer.toString(usual)));
    }

    boolean flag(String name) {
      return values.getOrDefault(name, "no").equals("yes");
    }
  }
}
