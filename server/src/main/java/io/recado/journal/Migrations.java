package io.recado.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Brings a database to this version's schema: numbered files, each applied once, in order, in a
/// transaction of its own.
///
/// A database made by a newer version is refused, and so is one whose migrations were changed after
/// they had been applied. On PostgreSQL an advisory lock keeps two nodes from migrating at once.
public final class Migrations {

  /// The files of each database, in order. A released file is never changed.
  static final List<String> NAMES =
      List.of(
          "001-first-light.sql",
          "002-delivery.sql",
          "003-inbox-order.sql",
          "004-first-content.sql",
          "005-webhook.sql",
          "006-statistics.sql",
          "007-sessions.sql",
          "008-pieces.sql",
          "009-conversation-runs.sql",
          "010-outbox-aside.sql");

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS schema_migration (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)\
      """;
  private static final long LOCK = 0x7265_6361_646f_3031L;

  private final Database database;

  /// Migrations for a database.
  public Migrations(Database database) {
    this.database = database;
  }

  /// How many steps are missing; all of them in an empty database.
  ///
  /// @throws SchemaRefused when the database is newer, or is not ours
  public int missing() {
    try (Connection connection = database.openWriter()) {
      return NAMES.size() - applied(connection).size();
    } catch (SQLException e) {
      throw database.dialect().translate(e, "read the schema's version");
    }
  }

  /// Whether the database has no schema at all.
  public boolean isEmpty() {
    return missing() == NAMES.size();
  }

  /// Applies what is missing. Killed in between, the next start goes on after the last whole step.
  ///
  /// @throws SchemaRefused when the database is newer, or is not ours
  public void apply() {
    apply(NAMES.size());
  }

  /// As [#apply()], but no further than to a step. For tests of the next one.
  void apply(int last) {
    try (Connection connection = database.openWriter()) {
      lock(connection);
      int done = applied(connection).size();
      for (int number = done + 1; number <= last; number++) {
        applyStep(connection, number, NAMES.get(number - 1));
        connection.commit();
        lock(connection);
      }
      connection.commit();
    } catch (SQLException e) {
      throw database.dialect().translate(e, "migrate the schema");
    }
  }

  private Map<Integer, String> applied(Connection connection) throws SQLException {
    Map<Integer, String> applied = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      try (var rows = statement.executeQuery("SELECT number, checksum FROM schema_migration")) {
        while (rows.next()) {
          applied.put(rows.getInt(1), rows.getString(2));
        }
      }
    }
    if (applied.size() > NAMES.size()) {
      throw new SchemaRefused(
          "the database was made by a newer version (schema "
              + applied.size()
              + ", this version knows "
              + NAMES.size()
              + "); run that version, or restore a backup made before the upgrade");
    }
    applied.forEach((number, checksum) -> verify(number, checksum));
    return applied;
  }

  private void verify(int number, String checksum) {
    if (!checksum.equals(checksum(script(NAMES.get(number - 1))))) {
      throw new SchemaRefused(
          "migration " + number + " differs from the one that this database was made with");
    }
  }

  private void applyStep(Connection connection, int number, String name) throws SQLException {
    String script = script(name);
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements(script)) {
        statement.execute(sql);
      }
    }
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO schema_migration (number, name, checksum) VALUES (?, ?, ?)")) {
      insert.setInt(1, number);
      insert.setString(2, name);
      insert.setString(3, checksum(script));
      insert.executeUpdate();
    }
  }

  private void lock(Connection connection) throws SQLException {
    if (database.dialect() == Dialect.POSTGRESQL) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      }
    }
  }

  /// Cuts a script at the semicolons that end a line; comments are whole lines.
  private static List<String> statements(String script) {
    List<String> statements = new ArrayList<>();
    var statement = new StringBuilder();
    for (String line : script.lines().toList()) {
      if (!line.startsWith("--") && !line.isBlank()) {
        statement.append(line).append('\n');
        if (line.stripTrailing().endsWith(";")) {
          statements.add(statement.toString());
          statement.setLength(0);
        }
      }
    }
    return statements;
  }

  private String script(String name) {
    String path = "/migrations/" + database.dialect().folder() + "/" + name;
    try (InputStream in = Migrations.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + path, e);
    }
  }

  private static String checksum(String script) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The database cannot be used by this version; the message says what to do.
  public static final class SchemaRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    SchemaRefused(String message) {
      super(message);
    }
  }
}
