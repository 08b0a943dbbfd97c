package io.recado.feed;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class EventPlansTest {

  @Nested
  class OnSqlite implements EventPlansContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements EventPlansContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
