package io.recado.journal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The threads around a journal: who writes, who answers, who waits.
interface Threads {

  /// Platform threads that write, virtual threads that wait.
  Threads REAL = new Threads() {};

  /// Starts a writer.
  default void start(String name, Runnable writer) {
    new WriterThread(writer, name).start();
  }

  /// Answers the callers of a large group, which is durable: here, when no thread can be had for
  /// it.
  default void answer(Runnable answering) {
    try {
      Thread.startVirtualThread(answering);
    } catch (OutOfMemoryError _) {
      answering.run();
    }
  }

  /// Waits between two tries to reach the database, or until it is interrupted.
  default void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  /// Blocks the calling thread until it is unparked, or for no reason.
  default void park(Object blocker) {
    LockSupport.park(blocker);
  }

  /// What is queued for a write: itself.
  default <R> Write<R> admit(Write<R> write) {
    return write;
  }
}
