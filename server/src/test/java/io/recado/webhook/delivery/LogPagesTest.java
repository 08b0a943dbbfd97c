package io.recado.webhook.delivery;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class LogPagesTest {

  @Nested
  class OnSqlite implements LogPagesContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements LogPagesContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
