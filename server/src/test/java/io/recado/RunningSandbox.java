package io.recado;

import java.nio.file.Path;
import java.util.Map;

/// A sandbox of a test, on free ports.
final class RunningSandbox implements AutoCloseable {

  /// Its admin key.
  static final String KEY = "sandbox-key-of-these-tests";

  private final Sandbox sandbox;

  private RunningSandbox(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /// Starts one in an empty folder.
  static RunningSandbox start(Path data) {
    Map<String, String> settings =
        Map.of(
            "RECADO_PORT",
            "0",
            "RECADO_EMULATOR_PORT",
            "0",
            "RECADO_DATA",
            data.toString(),
            "RECADO_ADMIN_KEY",
            KEY);
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
