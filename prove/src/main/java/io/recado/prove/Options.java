package io.recado.prove;

import io.recado.prove.scenario.Scenario;
import io.recado.prove.world.Database.Engine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What was asked for on the command line.
///
/// @param time how long faults may go on in all scenarios together; empty when not given
/// @param kills how often each database's server is killed; empty when not given
/// @param seed of everything that is drawn
record Options(
    Optional<Duration> time,
    Optional<Integer> kills,
    List<Engine> engines,
    long seed,
    List<Scenario> scenarios) {

  private static final int MAX_MINUTES = 10_000;
  private static final int MAX_KILLS = 100_000;

  /// Reads them.
  ///
  /// @param seed taken when none is given
  /// @throws IllegalArgumentException with a sentence that says what to change
  static Options read(List<String> arguments, long seed, List<Scenario> known) {
    var options =
        new Options(Optional.empty(), Optional.empty(), List.of(Engine.values()), seed, known);
    Deque<String> left = new ArrayDeque<>();
    for (String argument : arguments) {
      left.addAll(List.of(argument.split("=", 2)));
    }
    boolean hasScenario = false;
    while (!left.isEmpty()) {
      String name = left.pop();
      if (!name.startsWith("--")) {
        throw new IllegalArgumentException("One word too many: " + name);
      }
      if (left.isEmpty()) {
        throw new IllegalArgumentException(name + " needs a value.");
      }
      String value = left.pop();
      options =
          switch (name) {
            case "--minutes" ->
                options.withTime(Duration.ofMinutes(whole(name, value, MAX_MINUTES)));
            case "--kills" -> options.withKills(whole(name, value, MAX_KILLS));
            case "--database" -> options.withEngines(engines(value));
            case "--seed" -> options.withSeed(seed(value));
            case "--scenario" -> {
              List<Scenario> chosen = new ArrayList<>(hasScenario ? options.scenarios : List.of());
              chosen.addAll(scenarios(value, known));
              hasScenario = true;
              yield options.withScenarios(chosen);
            }
            default ->
                throw new IllegalArgumentException(
                    "There is no option "
                        + name
                        + "; there are --minutes, --kills, --database, --scenario and --seed.");
          };
    }
    return options;
  }

  private static int whole(String name, String value, int max) {
    if (value.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= max) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "%s must be a whole number from 1 to %d, not %s.".formatted(name, max, value));
  }

  private static long seed(String value) {
    if (!value.matches("-?[0-9]{1,18}")) {
      throw new IllegalArgumentException("--seed must be a whole number, not " + value + ".");
    }
    return Long.parseLong(value);
  }

  private static List<Engine> engines(String value) {
    return switch (value) {
      case "both" -> List.of(Engine.values());
      case "sqlite", "postgresql" -> List.of(Engine.valueOf(value.toUpperCase(Locale.ROOT)));
      default ->
          throw new IllegalArgumentException(
              "--database must be sqlite, postgresql or both, not " + value + ".");
    };
  }

  private static List<Scenario> scenarios(String value, List<Scenario> known) {
    return Arrays.stream(value.split(",")).map(name -> scenario(name, known)).toList();
  }

  private static Scenario scenario(String name, List<Scenario> known) {
    return known.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no scenario %s; there are %s."
                        .formatted(
                            name, String.join(", ", known.stream().map(Scenario::name).toList()))));
  }

  private Options withTime(Duration newTime) {
    return new Options(Optional.of(newTime), kills, engines, seed, scenarios);
  }

  private Options withKills(int newKills) {
    return new Options(time, Optional.of(newKills), engines, seed, scenarios);
  }

  private Options withEngines(List<Engine> newEngines) {
    return new Options(time, kills, newEngines, seed, scenarios);
  }

  private Options withSeed(long newSeed) {
    return new Options(time, kills, engines, newSeed, scenarios);
  }

  private Options withScenarios(List<Scenario> newScenarios) {
    return new Options(time, kills, engines, seed, newScenarios);
  }
}
