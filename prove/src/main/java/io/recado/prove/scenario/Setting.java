package io.recado.prove.scenario;

import io.recado.prove.world.Database;
import io.recado.prove.world.Launch;
import io.recado.prove.world.Load;
import io.recado.prove.world.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// With what a scenario runs.
///
/// @param work an empty folder for logs and data
/// @param time how long faults may go on; settling and comparing come after it
/// @param kills how often the server is killed, where a scenario kills
/// @param doubt how long a channel waits for news of a message in doubt
public record Setting(
    Launch launch,
    Database.Engine engine,
    Path work,
    long seed,
    Duration time,
    int kills,
    Load load,
    Duration doubt) {

  /// As the API takes it. Lanes are held for a second only, so that a server that is killed again
  /// soon after its start has something in flight.
  private String inDoubt(String policy) {
    return "{\"policy\": \"%s\", \"window\": \"%ds\", \"laneHold\": \"1s\"}"
        .formatted(policy, doubt.toSeconds());
  }

  /// A world under this setting's load.
  ///
  /// @param behaviour of the provider
  /// @param policies of the channels in turn, for what is in doubt
  Plan plan(String behaviour, String... policies) {
    List<String> inDoubt = Arrays.stream(policies).map(this::inDoubt).toList();
    return new Plan(launch, engine, work, load, behaviour, inDoubt, seed);
  }

  /// The same under another load.
  Setting withLoad(Load other) {
    return new Setting(launch, engine, work, seed, time, kills, other, doubt);
  }

  String title(String scenario) {
    return "%s on %s, seed %d".formatted(scenario, engine.inWords(), seed);
  }
}
