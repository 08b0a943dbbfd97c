package io.recado.channel;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class DeletionTest {

  @Nested
  class OnSqlite implements DeletionContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements DeletionContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
