package io.recado.journal;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A write on its way, and what became of it. One thread waits, one answers.
final class Ticket<R> {

  private static final Object NOTHING = new Object();

  private final Write<R> write;
  private final Thread waiter = Thread.currentThread();
  private volatile @Nullable Object result;
  private volatile @Nullable RuntimeException failure;

  Ticket(Write<R> write) {
    this.write = write;
  }

  Write<R> write() {
    return write;
  }

  void succeed(@Nullable Object value) {
    result = value == null ? NOTHING : value;
    LockSupport.unpark(waiter);
  }

  void fail(RuntimeException e) {
    failure = e;
    LockSupport.unpark(waiter);
  }

  /// Blocks until it is answered; an interruption is kept for later, as the change may be durable
  /// already.
  @SuppressWarnings("unchecked")
  R await(Threads threads) {
    boolean interrupted = false;
    while (result == null && failure == null) {
      threads.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    RuntimeException fault = failure;
    if (fault != null) {
      throw fault;
    }
    return result == NOTHING ? (R) null : (R) result;
  }
}
