package io.recado.flow;

import io.recado.journal.Dialect;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Nested;

class FailingStoreTest {

  @Nested
  class OnSqlite implements FailingStoreContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }

    /// No room, and busy.
    @Override
    public List<SQLException> faults() {
      return List.of(new SQLException("injected", null, 13), new SQLException("injected", null, 5));
    }
  }

  @Nested
  class OnPostgresql implements FailingStoreContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }

    /// The connection is gone, a deadlock, no room.
    @Override
    public List<SQLException> faults() {
      return List.of(
          new SQLException("injected", "08006"),
          new SQLException("injected", "40P01"),
          new SQLException("injected", "53100"));
    }
  }
}
