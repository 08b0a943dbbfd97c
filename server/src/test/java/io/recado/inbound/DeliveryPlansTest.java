package io.recado.inbound;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class DeliveryPlansTest {

  @Nested
  class OnSqlite implements DeliveryPlansContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements DeliveryPlansContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
