package io.recado.prove.scenario;

import io.recado.prove.world.Database.Engine;
import java.util.List;
import java.util.Optional;

/// Something that is done to a server.
public interface Scenario {

  /// The word on the command line.
  String name();

  /// What it does, in a line.
  String aim();

  /// Does it. Blocks for about the setting's time, and until everything has settled.
  Report run(Setting setting);

  /// Its share of the time, compared to the others.
  default int weight() {
    return 1;
  }

  /// Whether it kills as often as it is told to.
  default boolean kills() {
    return false;
  }

  /// Why it cannot run on this machine, and what to do about it; empty when it can.
  default Optional<String> obstacle() {
    return Optional.empty();
  }

  /// On which of the databases that are asked for it runs: on the first, unless it says otherwise.
  default List<Engine> engines(List<Engine> wanted) {
    return wanted.subList(0, 1);
  }
}
