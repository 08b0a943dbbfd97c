package io.recado.flow;

import io.recado.journal.Dialect;
import io.recado.testing.RunningRecado;
import org.junit.jupiter.api.Nested;

/// Receiving, from the provider's callback to what the client reads, on both databases.
class ReceiveFlowTest {

  @Nested
  class OnSqlite implements ReceiveFlowContract {
    private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);

    @Override
    public RunningRecado recado() {
      return recado;
    }
  }

  @Nested
  class OnPostgresql implements ReceiveFlowContract {
    private final RunningRecado recado = RunningRecado.on(Dialect.POSTGRESQL);

    @Override
    public RunningRecado recado() {
      return recado;
    }
  }
}
