package io.recado.message;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class LittleRoomTest {

  @Nested
  class OnSqlite implements LittleRoomContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements LittleRoomContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
