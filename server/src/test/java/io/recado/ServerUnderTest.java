package io.recado;

import io.recado.Setting.Command;
import io.recado.Storage.Kind;
import io.recado.http.Routes.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A server as tests of other packages start it: from settings, with a clock of the test's own.
public final class ServerUnderTest implements AutoCloseable {

  private final Server server;

  private ServerUnderTest(Server server) {
    this.server = server;
  }

  /// Starts a server; returns when it accepts requests.
  ///
  /// @param settings as in the environment, such as `RECADO_PORT`
  public static ServerUnderTest start(Map<String, String> settings, InstantSource clock) {
    return new ServerUnderTest(Server.start(config(settings), Kind.PRODUCTION, clock));
  }

  /// Makes a key of role OPERATOR, which no request can make. The server must not be running on an
  /// embedded database.
  ///
  /// @return the key
  public static String makeOperatorKey(Map<String, String> settings, InstantSource clock) {
    return OperatorKey.create(config(settings), "operator", clock);
  }

  /// Every route but those of the documentation.
  public List<Route> routes() {
    return server.routes().all();
  }

  /// Where it listens, such as `http://127.0.0.1:8080`.
  public String address() {
    return server.address();
  }

  /// Looks at the clock again, because it was moved.
  public void wake() {
    server.wake();
  }

  /// Stops as on SIGTERM.
  ///
  /// @return whether everything ended in time
  public boolean drain(Duration patience) throws InterruptedException {
    return server.drain(patience);
  }

  @Override
  public void close() {
    server.close();
  }

  private static Config config(Map<String, String> settings) {
    return Config.read(settings, Map.of(), Command.SERVE);
  }
}
