package io.recado.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  @Nested
  class OnSqlite implements MigrationsContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }

    @Test
    void aRowIsAddedAndRemovedWithoutMakingATableForItsIndexes() throws SQLException {
      try (var test = TestDatabase.on(Dialect.SQLITE);
          Connection connection = test.database().openWriter()) {
        var tx = new Tx(connection, Dialect.SQLITE, new HashMap<>(), new HashMap<>());
        List<String> tables =
            tx.query(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
                _ -> {}, Row::text);
        assertThat(tables).contains("message", "outbox", "event");
        for (String table : tables) {
          for (String change :
              List.of(
                  "INSERT INTO " + table + " DEFAULT VALUES",
                  "DELETE FROM " + table + " WHERE random() = 0")) {
            assertThat(steps(tx, change))
                .as(change)
                .isNotEmpty()
                .doesNotContain("OpenEphemeral", "OpenAutoindex");
          }
        }
      }
    }

    private static List<String> steps(Reads reads, String statement) {
      return reads.query(
          "EXPLAIN " + statement,
          _ -> {},
          row -> {
            row.number();
            return row.text();
          });
    }
  }

  @Nested
  class OnPostgresql implements MigrationsContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
