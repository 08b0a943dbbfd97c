package io.recado.inbound;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class ReceiptTest {

  @Nested
  class OnSqlite implements ReceiptContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements ReceiptContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
