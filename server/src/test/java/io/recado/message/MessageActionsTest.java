package io.recado.message;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class MessageActionsTest {

  @Nested
  class OnSqlite implements MessageActionsContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements MessageActionsContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
