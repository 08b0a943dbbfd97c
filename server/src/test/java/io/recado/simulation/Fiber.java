package io.recado.simulation;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A thread of a simulated process. It has the turn, or the world has it; never both, so that the
/// same seed gives the same run.
final class Fiber {

  private static final ThreadLocal<Fiber> CURRENT = new ThreadLocal<>();

  private final Semaphore go = new Semaphore(0);
  private final Semaphore back = new Semaphore(0);
  private final Node node;
  private final Runnable body;
  private boolean isStarted;
  private boolean isDone;
  private boolean isKilled;
  private @Nullable Throwable failure;

  Fiber(Node node, Runnable body) {
    this.node = node;
    this.body = body;
  }

  /// The one that has the turn; null when the world has it.
  static @Nullable Fiber current() {
    return CURRENT.get();
  }

  boolean isDone() {
    return isDone;
  }

  /// Gives it the turn until it waits or ends.
  void resume() {
    if (isDone) {
      return;
    }
    if (isStarted) {
      go.release();
    } else {
      isStarted = true;
      Thread.ofVirtual().start(this::run);
    }
    back.acquireUninterruptibly();
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException fault) {
      throw fault;
    }
  }

  /// Gives the turn back until somebody resumes it.
  void await() {
    if (isKilled) {
      throw new Crash();
    }
    back.release();
    go.acquireUninterruptibly();
    if (isKilled) {
      throw new Crash();
    }
  }

  /// Waits in virtual time.
  void sleep(long micros) {
    node.world().agenda().after(micros, () -> node.run(this));
    await();
  }

  /// Ends it wherever it waits.
  void kill() {
    isKilled = true;
    if (isStarted && !isDone) {
      go.release();
      back.acquireUninterruptibly();
    }
    isDone = true;
  }

  private void run() {
    CURRENT.set(this);
    World.enter(node);
    try {
      body.run();
    } catch (Crash _) {
      // Together with its process.
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      isDone = true;
      back.release();
    }
  }
}
