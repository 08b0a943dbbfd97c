package io.recado.channel;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class ChannelConcurrencyTest {

  @Nested
  class OnSqlite implements ChannelConcurrencyContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements ChannelConcurrencyContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
