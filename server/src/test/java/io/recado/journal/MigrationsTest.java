package io.recado.journal;

import org.junit.jupiter.api.Nested;

class MigrationsTest {

  @Nested
  class OnSqlite implements MigrationsContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements MigrationsContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
