package io.recado;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends the process well when it is told to stop (SIGTERM, SIGINT): what is in flight ends first,
/// and the exit code is 0. A second signal ends it at once, with exit code 1.
final class GracefulStop {

  private static final long LOOK_MILLIS = 200;

  private GracefulStop() {}

  /// Stops this when the process is told to stop.
  static void on(Draining running, Duration patience) {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(running, patience)));
  }

  /// Blocks for ever: the process ends by a signal.
  static void await() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  /// Blocks for a time, unless the process ends before.
  static void await(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void stop(Draining running, Duration patience) {
    var ended = new CountDownLatch(1);
    Thread.ofPlatform().name("impatience").daemon().start(() -> haltOnSecondSignal(ended));
    int code = 0;
    try {
      running.drain(patience);
    } catch (InterruptedException | RuntimeException e) {
      // The last thing that this process does; what was acknowledged is on disk.
      System.err.println("Recado did not stop well: " + e);
      code = 1;
    }
    ended.countDown();
    // Without it the exit code would be the signal's, 143.
    Runtime.getRuntime().halt(code);
  }

  private static void haltOnSecondSignal(CountDownLatch ended) {
    try {
      while (!ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        // The JDK has no other public sign of it: each signal gets a thread, which waits for the
        // shutdown that the first one began.
        long signals =
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("SIG(TERM|INT|HUP) handler"))
                .count();
        if (signals > 1) {
          System.err.println("Recado stops at once.");
          Runtime.getRuntime().halt(1);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// What can be stopped.
  @FunctionalInterface
  interface Draining {
    /// @return whether everything ended in time
    boolean drain(Duration patience) throws InterruptedException;
  }
}
