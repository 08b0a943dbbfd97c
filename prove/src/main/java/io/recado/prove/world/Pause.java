package io.recado.prove.world;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Lets real time pass.
public final class Pause {

  private static final Duration STEP = Duration.ofMillis(20);

  private Pause() {}

  /// Returns after `time`, not before.
  public static void of(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /// Returns when it is so, or when the time is up.
  ///
  /// @return whether it is so
  public static boolean until(BooleanSupplier isSo, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      of(STEP);
    }
    return true;
  }
}
