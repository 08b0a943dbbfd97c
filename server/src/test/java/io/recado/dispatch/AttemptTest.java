package io.recado.dispatch;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class AttemptTest {

  @Nested
  class OnSqlite implements AttemptContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements AttemptContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
