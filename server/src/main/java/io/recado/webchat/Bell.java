package io.recado.webchat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Wakes one visitor's stream. Rings that come while nobody waits are one. Safe for many threads.
final class Bell {

  private final Semaphore rung = new Semaphore(0);
  private final AtomicBoolean typing = new AtomicBoolean();

  /// Something has changed.
  void ring() {
    if (rung.availablePermits() == 0) {
      rung.release();
    }
  }

  /// An answer is being written.
  void ringForTyping() {
    typing.set(true);
    ring();
  }

  /// Waits until it rings, or that long.
  ///
  /// @return whether it rang
  boolean await(Duration most) throws InterruptedException {
    boolean isRung = rung.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
    rung.drainPermits();
    return isRung;
  }

  /// Whether it has rung because of typing since this was asked last.
  boolean takeTyping() {
    return typing.getAndSet(false);
  }
}
