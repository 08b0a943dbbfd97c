package io.recado.message;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class TimelineTest {

  @Nested
  class OnSqlite implements TimelineContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements TimelineContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
