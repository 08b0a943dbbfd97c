package io.recado.prove;

import io.recado.prove.Schedule.Run;
import io.recado.prove.scenario.AnswersLost;
import io.recado.prove.scenario.AnswersLost.Receipts;
import io.recado.prove.scenario.DiskFull;
import io.recado.prove.scenario.DisorderedReceipts;
import io.recado.prove.scenario.EndpointDown;
import io.recado.prove.scenario.FaultPoints;
import io.recado.prove.scenario.FaultyProvider;
import io.recado.prove.scenario.Inbound;
import io.recado.prove.scenario.Kill;
import io.recado.prove.scenario.Overload;
import io.recado.prove.scenario.Report;
import io.recado.prove.scenario.Report.Verdict;
import io.recado.prove.scenario.Scenario;
import io.recado.prove.scenario.Setting;
import io.recado.prove.scenario.SlowClients;
import io.recado.prove.scenario.SlowEndpoints;
import io.recado.prove.scenario.Soak;
import io.recado.prove.scenario.TornFile;
import io.recado.prove.world.CannotRun;
import io.recado.prove.world.Launch;
import io.recado.prove.world.Load;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The command line: `./recado prove`.
///
/// Exit codes: 0 every run has passed, 1 one has failed or was void, 2 wrong arguments.
public final class Main {

  private static final int PASSED = 0;
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;
  private static final Duration DOUBT = Duration.ofSeconds(4);

  private static final List<Scenario> SCENARIOS =
      List.of(
          new Kill(),
          new FaultPoints(),
          new AnswersLost(Receipts.COME),
          new AnswersLost(Receipts.LATE),
          new AnswersLost(Receipts.NEVER),
          new DisorderedReceipts(),
          new FaultyProvider(),
          new TornFile(),
          new DiskFull(),
          new Inbound(),
          new SlowClients(),
          new Overload(),
          new EndpointDown(),
          new SlowEndpoints(),
          new Soak());

  private final Launch launch;
  private final PrintStream out;
  private final PrintStream err;

  private Main(Launch launch, PrintStream out, PrintStream err) {
    this.launch = launch;
    this.out = out;
    this.err = err;
  }

  static void main(String[] args) {
    Logger helidon = Logger.getLogger("io.helidon");
    helidon.setLevel(Level.WARNING);
    // Nothing that was started goes on when this is interrupted.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () ->
                    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
    int code = run(List.of(args), System.out, System.err);
    System.out.flush();
    System.exit(code);
  }

  /// Does what the arguments say.
  ///
  /// @return the exit code
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(usage());
      return PASSED;
    }
    try {
      Options options = Options.read(arguments, new Random().nextInt(1_000_000), SCENARIOS);
      return new Main(launch(), out, err).prove(options);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println("Try ./recado prove --help");
      return WRONG_ARGUMENTS;
    }
  }

  private int prove(Options options) {
    Schedule schedule = Schedule.of(options);
    schedule.leftOut().forEach(each -> out.println("left out: " + each));
    // What runs not at all has shown nothing.
    boolean hasPassed = !schedule.runs().isEmpty();
    for (Run run : schedule.runs()) {
      hasPassed &= passes(run, options.seed());
    }
    out.println(hasPassed ? "PASSED" : "NOT PASSED");
    return hasPassed ? PASSED : FAILED;
  }

  private boolean passes(Run run, long seed) {
    Path work = folder();
    var setting =
        new Setting(launch, run.engine(), work, seed, run.time(), run.kills(), Load.full(), DOUBT);
    String name = run.scenario().name() + " on " + run.engine().inWords();
    err.printf("%s: %s; %d s of it%n", name, run.scenario().aim(), run.time().toSeconds());
    try {
      Report report = run.scenario().run(setting);
      report.print(out);
      boolean hasPassed = report.verdict() == Verdict.PASSED;
      if (hasPassed) {
        delete(work);
      } else {
        out.println("  kept for you to look at: " + work);
      }
      out.flush();
      return hasPassed;
    } catch (CannotRun e) {
      out.println(name + ": VOID");
      out.println("  " + e.getMessage());
      return false;
    } catch (RuntimeException e) {
      // The boundary of a run: the others shall have theirs.
      out.println(name + ": VOID");
      out.println("  The oracle itself failed.");
      e.printStackTrace(err);
      return false;
    }
  }

  private static Launch launch() {
    String launcher = System.getProperty("recado.launcher", "");
    String jar = System.getProperty("recado.jar", "server/target/recado.jar");
    return launcher.isEmpty() ? Launch.ofJar(Path.of(jar)) : Launch.byLauncher(Path.of(launcher));
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("recado-prove-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String usage() {
    var text = new StringBuilder();
    text.append(
        """
        Usage: ./recado prove [--minutes N] [--kills N] [--database sqlite|postgresql|both]
                              [--scenario NAME,…] [--seed N]
        Does to a server what the world does, and compares what it says with ledgers kept outside of it.

          --minutes   how long faults go on, in all scenarios together (default: 10)
          --kills     how often the server is killed on each database (default: what the time allows)
          --database  default: both
          --seed      draws the same again, as far as real time allows (default: another each time)
          --scenario  default: all that fit in the time

        Scenarios:
        """);
    for (Scenario scenario : SCENARIOS) {
      text.append("  %-16s %s%n".formatted(scenario.name(), scenario.aim()));
    }
    text.append(
        """

        Exit codes: 0 passed; 1 a promise was broken, or a run has shown nothing; 2 wrong arguments.
        """);
    return text.toString();
  }
}
