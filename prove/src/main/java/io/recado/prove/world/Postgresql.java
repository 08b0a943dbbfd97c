package io.recado.prove.world;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A PostgreSQL of its own, in a folder that goes with it.
final class Postgresql implements Database {

  private static final String INDEXES =
      """
      SELECT bt_index_check(c.oid, true) FROM pg_class c
      JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_am a ON a.oid = c.relam
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE a.amname = 'btree' AND i.indisvalid AND n.nspname = 'public'\
      """;

  private final EmbeddedPostgres server;
  private final Path folder;

  private Postgresql(EmbeddedPostgres server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  static Postgresql start() {
    try {
      Path folder = Files.createTempDirectory("recado-prove-postgresql-");
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve("data"))
              .setCleanDataDirectory(true)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .start();
      return new Postgresql(server, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not start", e);
    }
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "RECADO_DATABASE_URL",
        "postgresql://postgres:postgres@localhost:" + server.getPort() + "/postgres",
        "RECADO_MASTER_KEY",
        "master-key-of-the-oracle");
  }

  @Override
  public List<String> damages() {
    List<String> damages = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
        Statement statement = connection.createStatement()) {
      if (hasAmcheck(statement)) {
        statement.execute("CREATE EXTENSION IF NOT EXISTS amcheck");
        statement.execute(INDEXES);
      }
    } catch (SQLException e) {
      damages.add(e.getMessage());
    }
    return damages;
  }

  private static boolean hasAmcheck(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT count(*) FROM pg_available_extensions WHERE name = 'amcheck'")) {
      rows.next();
      return rows.getInt(1) > 0;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
