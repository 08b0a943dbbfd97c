package io.recado.flow;

import io.recado.testing.RunningRecado;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/// Tests that share one running server, which is stopped after the last of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
interface WithRecado {

  RunningRecado recado();

  @AfterAll
  default void stop() {
    recado().close();
  }
}
