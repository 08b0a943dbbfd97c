package io.recado.feed;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class EventStreamTest {

  @Nested
  class OnSqlite implements EventStreamContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements EventStreamContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
