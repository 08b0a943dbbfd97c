package io.recado.statistics;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class StatisticPlansTest {

  @Nested
  class OnSqlite implements StatisticPlansContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements StatisticPlansContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
