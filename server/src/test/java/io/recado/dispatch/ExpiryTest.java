package io.recado.dispatch;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class ExpiryTest {

  @Nested
  class OnSqlite implements ExpiryContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements ExpiryContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
