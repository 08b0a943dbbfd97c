package io.recado.flow;

import io.recado.journal.Dialect;
import io.recado.testing.RunningRecado;
import org.junit.jupiter.api.Nested;

/// Messages that wait for their channel, on both databases.
class WaitingFlowTest {

  @Nested
  class OnSqlite implements WaitingFlowContract {
    private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);

    @Override
    public RunningRecado recado() {
      return recado;
    }
  }

  @Nested
  class OnPostgresql implements WaitingFlowContract {
    private final RunningRecado recado = RunningRecado.on(Dialect.POSTGRESQL);

    @Override
    public RunningRecado recado() {
      return recado;
    }
  }
}
