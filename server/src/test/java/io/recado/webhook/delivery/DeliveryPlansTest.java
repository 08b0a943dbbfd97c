package io.recado.webhook.delivery;

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
}
