package io.recado.inbound;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class ReceiveInboundTest {

  @Nested
  class OnSqlite implements ReceiveInboundContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements ReceiveInboundContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
