package io.recado.access;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class AccessTest {

  @Nested
  class OnSqlite implements AccessContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements AccessContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
