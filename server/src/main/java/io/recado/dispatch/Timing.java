package io.recado.dispatch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How an attempt passes time: by the monotonic clock, with pauses that a stop ends. Safe for many
/// threads.
interface Timing {

  /// The monotonic clock, in nanoseconds.
  long nanoTime();

  /// Waits a moment, or until the stop.
  void pause();

  /// Ends all waiting, for good.
  void stop();

  /// Whether it was stopped.
  boolean isStopped();

  /// Real time.
  final class Real implements Timing {

    private static final long PAUSE_MILLIS = 250;

    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void pause() {
      try {
        stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        stop();
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void stop() {
      stopped.countDown();
    }

    @Override
    public boolean isStopped() {
      return stopped.getCount() == 0;
    }
  }
}
