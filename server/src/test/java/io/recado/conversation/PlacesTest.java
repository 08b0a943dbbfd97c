package io.recado.conversation;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class PlacesTest {

  @Nested
  class OnSqlite implements PlacesContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements PlacesContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
