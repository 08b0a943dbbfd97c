package io.recado;

import java.nio.file.Path;
import java.util.Map;

/// A sandbox for journeys through its pages, on free ports.
public final class SandboxOnStage implements AutoCloseable {

  /// Signs in everywhere.
  public static final String ADMIN_KEY = "admin-key-of-the-journeys";

  private final Sandbox sandbox;

  private SandboxOnStage(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /// Starts one; returns when its conversation can be written to.
  public static SandboxOnStage start(Path folder) {
    Map<String, String> settings =
        Map.of(
            "RECADO_PORT",
            "0",
            "RECADO_EMULATOR_PORT",
            "0",
            "RECADO_DATA",
            folder.toString(),
            "RECADO_ADMIN_KEY",
            ADMIN_KEY);
    return new SandboxOnStage(
        Sandbox.start(Config.read(settings, Map.of(), Setting.Command.SANDBOX)));
  }

  /// Where the server's pages are, such as `http://127.0.0.1:40123`.
  public String address() {
    return sandbox.server().address();
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
