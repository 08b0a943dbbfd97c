package io.recado.testing;

import io.recado.journal.Database;
import io.recado.journal.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/// The one embedded PostgreSQL of a test run: started by the first test that needs it, stopped and
/// removed when the JVM ends. It shows local time in a foreign zone, so that nothing can rely on
/// the server's zone, and is durable, because a server starts on no other.
final class OnePostgresql {

  private static final String MIGRATED = "migrated";

  private final EmbeddedPostgres server;

  private OnePostgresql() {
    try {
      Path folder = Files.createTempDirectory("recado-postgresql-");
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve("data"))
              .setCleanDataDirectory(true)
              .setRegisterShutdownHook(false)
              .setServerConfig("timezone", "Pacific/Chatham")
              .setServerConfig("max_connections", "200")
              .setServerConfig("deadlock_timeout", "200ms")
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(folder)));
      execute("CREATE DATABASE " + MIGRATED);
      new Migrations(Database.postgresql(address(MIGRATED))).apply();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start PostgreSQL", e);
    }
  }

  static OnePostgresql instance() {
    return Holder.INSTANCE;
  }

  /// Makes an empty database.
  ///
  /// @return its address, as `RECADO_DATABASE_URL` takes it
  String createDatabase() {
    return create("");
  }

  /// Makes a database with the newest schema: a copy, since migrating each would cost more than
  /// most tests.
  ///
  /// @return its address
  String createMigrated() {
    return create(" TEMPLATE " + MIGRATED);
  }

  /// Makes a copy of a database to which nobody is connected.
  ///
  /// @return its address
  String copy(String address) {
    return create(" TEMPLATE " + name(address));
  }

  private static String name(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }

  private String create(String of) {
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    execute("CREATE DATABASE " + name + of);
    return address(name);
  }

  private String address(String name) {
    return "postgresql://postgres:postgres@localhost:" + server.getPort() + "/" + name;
  }

  void dropDatabase(String address) {
    execute("DROP DATABASE " + name(address) + " WITH (FORCE)");
  }

  private void execute(String sql) {
    try (Connection connection =
            DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private void stop(Path folder) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      TestDatabase.delete(folder);
    }
  }

  private static final class Holder {
    private static final OnePostgresql INSTANCE = new OnePostgresql();
  }
}
