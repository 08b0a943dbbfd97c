package io.recado.journal;

import org.junit.jupiter.api.Nested;

class IdempotencyKeysTest {

  @Nested
  class OnSqlite implements IdempotencyKeysContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements IdempotencyKeysContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
