package io.recado.message;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class AcceptMessageTest {

  @Nested
  class OnSqlite implements AcceptMessageContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements AcceptMessageContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
