package io.recado.template;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class TemplateSyncTest {

  @Nested
  class OnSqlite implements TemplateSyncContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements TemplateSyncContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
