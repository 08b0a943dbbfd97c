package io.recado.statistics;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class StatisticsRoutesTest {

  @Nested
  class OnSqlite implements StatisticsRoutesContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements StatisticsRoutesContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
