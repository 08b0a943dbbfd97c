package io.recado.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// The search for bad orders finds one that is there.
@Isolated("the search rewrites the classes of the whole JVM")
class InterleavingsTest {

  @Test
  void twoThreadsThatCountInTheSameMomentAreFound() {
    assertThatThrownBy(() -> Interleavings.explore(CountsWrongly.class))
        .hasMessageContaining("count");
    assertThatThrownBy(() -> Interleavings.stress(CountsWrongly.class))
        .hasMessageContaining("count");
  }

  /// Reads and writes in two steps.
  public static class CountsWrongly {

    private volatile int value;

    @Operation
    public int count() {
      int next = value + 1;
      value = next;
      return next;
    }
  }
}
