package io.recado.channel;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class ChannelRoutesTest {

  @Nested
  class OnSqlite implements ChannelRoutesContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements ChannelRoutesContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
