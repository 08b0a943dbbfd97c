package io.recado.dispatch;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class PiecesTest {

  @Nested
  class OnSqlite implements PiecesContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements PiecesContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
