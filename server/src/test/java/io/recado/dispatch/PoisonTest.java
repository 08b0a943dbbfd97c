package io.recado.dispatch;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class PoisonTest {

  @Nested
  class OnSqlite implements PoisonContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements PoisonContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
