package io.recado.channel;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class PausedTimeTest {

  @Nested
  class OnSqlite implements PausedTimeContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements PausedTimeContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
