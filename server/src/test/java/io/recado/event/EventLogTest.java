package io.recado.event;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class EventLogTest {

  @Nested
  class OnSqlite implements EventLogContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }

    @Override
    public int nodes() {
      return 1;
    }
  }

  @Nested
  class OnPostgresql implements EventLogContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }

    @Override
    public int nodes() {
      return 2;
    }
  }
}
