package io.recado.retention;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class RetentionTest {

  @Nested
  class OnSqlite implements RetentionContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements RetentionContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
