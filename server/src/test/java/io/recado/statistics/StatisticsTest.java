package io.recado.statistics;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class StatisticsTest {

  @Nested
  class OnSqlite implements StatisticsContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements StatisticsContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
