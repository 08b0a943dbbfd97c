package io.recado.journal;

/// The thread of a writer, on which every caller of the journal depends.
final class WriterThread extends Thread {

  WriterThread(Runnable writer, String name) {
    super(writer, name);
  }

  /// Refuses what the thread that runs would have to wait for.
  ///
  /// @throws IllegalStateException when it is a writer's
  static void mustNotBe(String waiting) {
    if (Thread.currentThread() instanceof WriterThread) {
      throw new IllegalStateException("the journal's writer must not wait for " + waiting);
    }
  }
}
