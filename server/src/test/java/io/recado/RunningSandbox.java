package io.recado;

import java.nio.file.Path;
import java.util.Map;

/// A sandbox of a test, on free ports.
final class RunningSandbox implements AutoCloseable {

  private final Sandbox sandbox;

  private RunningSandbox(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /// Starts one as a user would who stands in a folder and sets nothing, but for the ports.
  static RunningSandbox start(Path folder) {
    Map<String, String> settings =
        Map.of(
            "RECADO_PORT", "0",
            "RECADO_EMULATOR_PORT", "0",
            "RECADO_DATA", folder.resolve(Setting.Command.SANDBOX.data()).toString());
    return new RunningSandbox(
        Sandbox.start(Config.read(settings, Map.of(), Setting.Command.SANDBOX)));
  }

  /// Such as `http://127.0.0.1:40123`.
  String address() {
    return sandbox.server().address();
  }

  /// What it prints when it is ready.
  String welcome() {
    return String.join("\n", sandbox.welcome());
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
