package io.recado.flow;

import io.recado.journal.Dialect;
import io.recado.testing.RunningRecado;
import org.junit.jupiter.api.Nested;

/// What the provider does with a message, on both databases.
class FatesFlowTest {

  @Nested
  class OnSqlite implements FatesFlowContract {
    private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);

    @Override
    public RunningRecado recado() {
      return recado;
    }
  }

  @Nested
  class OnPostgresql implements FatesFlowContract {
    private final RunningRecado recado = RunningRecado.on(Dialect.POSTGRESQL);

    @Override
    public RunningRecado recado() {
      return recado;
    }
  }
}
