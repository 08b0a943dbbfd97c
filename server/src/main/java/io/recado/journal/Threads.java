package io.recado.journal;

import java.util.concurrent.locks.LockSupport;

/// The threads around a journal: who writes, who answers, who waits.
interface Threads {

  /// Platform threads that write, virtual threads that wait.
  Threads REAL = new Threads() {};

  /// Starts a writer.
  default void start(String name, Runnable writer) {
    new WriterThread(writer, name).start();
  }

  /// Answers the callers of a large group.
  default void answer(Runnable answering) {
    Thread.startVirtualThread(answering);
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
