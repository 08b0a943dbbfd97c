package io.recado;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is to be done again and again. Each duty has a thread of its own while it is at work, so
/// one that takes long holds up no other, and no duty runs twice at once. Safe for many threads.
final class Rounds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("timer").daemon().factory());
  private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();

  /// Does something again and again. A failure is told and the next round comes all the same.
  ///
  /// @param pause from the end of a round to the next, and before the first
  /// @param failure what to say when a round fails
  void every(Duration pause, String failure, Runnable round) {
    try {
      timer.schedule(
          () -> work.execute(() -> run(pause, failure, round)),
          pause.toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // Closed: there is no next round.
    }
  }

  /// What wakes the duties, for those who run their work elsewhere.
  ScheduledExecutorService timer() {
    return timer;
  }

  /// Ends all rounds, also those at work.
  @Override
  public void close() {
    timer.shutdownNow();
    work.shutdownNow();
  }

  private void run(Duration pause, String failure, Runnable round) {
    try {
      round.run();
    } catch (RuntimeException e) {
      if (!work.isShutdown()) {
        LOG.warn("{}; it is tried again in {}", failure, pause, e);
      }
    }
    every(pause, failure, round);
  }
}
