package io.recado.access;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class AccessPlansTest {

  @Nested
  class OnSqlite implements AccessPlansContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements AccessPlansContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
