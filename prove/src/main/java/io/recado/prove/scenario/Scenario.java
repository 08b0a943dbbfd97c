package io.recado.prove.scenario;

/// Something that is done to a server.
public interface Scenario {

  /// The word on the command line.
  String name();

  /// What it does, in a line.
  String aim();

  /// Does it. Blocks for about the setting's time and as long again to settle.
  Report run(Setting setting);
}
