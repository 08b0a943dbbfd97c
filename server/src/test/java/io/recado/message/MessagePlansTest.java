package io.recado.message;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class MessagePlansTest {

  @Nested
  class OnSqlite implements MessagePlansContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements MessagePlansContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
