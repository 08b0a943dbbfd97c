package io.recado.flow;

import io.recado.journal.Dialect;
import io.recado.testing.RunningRecado;
import org.junit.jupiter.api.Nested;

/// Requests that are repeated, on both databases.
class IdempotencyFlowTest {

  @Nested
  class OnSqlite implements IdempotencyFlowContract {
    private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);

    @Override
    public RunningRecado recado() {
      return recado;
    }
  }

  @Nested
  class OnPostgresql implements IdempotencyFlowContract {
    private final RunningRecado recado = RunningRecado.on(Dialect.POSTGRESQL);

    @Override
    public RunningRecado recado() {
      return recado;
    }
  }
}
