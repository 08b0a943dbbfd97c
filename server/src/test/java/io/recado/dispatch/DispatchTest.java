package io.recado.dispatch;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class DispatchTest {

  @Nested
  class OnSqlite implements DispatchContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements DispatchContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
