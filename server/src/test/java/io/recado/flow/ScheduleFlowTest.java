package io.recado.flow;

import io.recado.journal.Dialect;
import io.recado.testing.RunningRecado;
import org.junit.jupiter.api.Nested;

/// Messages for later, and many at once, on both databases.
class ScheduleFlowTest {

  @Nested
  class OnSqlite implements ScheduleFlowContract {
    private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);

    @Override
    public RunningRecado recado() {
      return recado;
    }
  }

  @Nested
  class OnPostgresql implements ScheduleFlowContract {
    private final RunningRecado recado = RunningRecado.on(Dialect.POSTGRESQL);

    @Override
    public RunningRecado recado() {
      return recado;
    }
  }
}
