package io.recado.prove.world;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The embedded database, a file in the data folder.
record Sqlite(Path folder) implements Database {

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public List<String> damages() {
    List<String> damages = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("recado.db"));
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
        while (rows.next()) {
          if (!rows.getString(1).equals("ok")) {
            damages.add("integrity_check: " + rows.getString(1));
          }
        }
      }
      try (ResultSet rows = statement.executeQuery("PRAGMA foreign_key_check")) {
        while (rows.next()) {
          damages.add("foreign_key_check: a row of " + rows.getString(1));
        }
      }
    } catch (SQLException e) {
      damages.add("it cannot be read: " + e.getMessage());
    }
    return damages;
  }

  @Override
  public void close() {
    // A file needs no closing.
  }
}
