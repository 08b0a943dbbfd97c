package io.recado.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for what comes by itself.
public final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long PAUSE_NANOS = Duration.ofMillis(4).toNanos();

  private Await() {}

  /// Asks again and again until the answer is the wanted one.
  ///
  /// @param what for the message of the failure
  /// @throws AssertionError with the last answer, when it does not come in time
  public static <T> T until(String what, Supplier<T> ask, Predicate<T> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      T answer = ask.get();
      if (wanted.test(answer)) {
        return answer;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain: " + what + "; at last there was " + answer);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
