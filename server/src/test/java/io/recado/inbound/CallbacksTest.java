package io.recado.inbound;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class CallbacksTest {

  @Nested
  class OnSqlite implements CallbacksContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements CallbacksContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
