package io.recado.feed;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class EventFeedTest {

  @Nested
  class OnSqlite implements EventFeedContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements EventFeedContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
