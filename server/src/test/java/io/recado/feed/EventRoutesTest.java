package io.recado.feed;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class EventRoutesTest {

  @Nested
  class OnSqlite implements EventRoutesContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements EventRoutesContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
