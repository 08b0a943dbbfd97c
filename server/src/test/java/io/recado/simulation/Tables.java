package io.recado.simulation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Reads the tables as anybody could, with none of the server's code.
final class Tables {

  private Tables() {}

  static long count(Connection connection, String sql) {
    return query(connection, sql, rows -> rows.getLong(1)).getFirst();
  }

  static <T> List<T> query(Connection connection, String sql, Reader<T> reader) {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /// Reads one row.
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
