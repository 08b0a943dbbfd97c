package io.recado.journal;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The real journal and the real reads without threads: a simulation says when a group is committed
/// and what happens while a caller waits.
public final class SteppedStorage {

  public final Journal journal;
  public final ReadPool reads;

  /// Storage of one node on a database.
  public SteppedStorage(
      Database database,
      Journal.Observer observer,
      Consumer<StorageException> onBroken,
      Hooks hooks) {
    journal = new Journal(database, observer, onBroken, threads(hooks));
    reads = new ReadPool(database, new Inline(hooks));
  }

  /// Commits a group of what waits.
  public void step() {
    journal.step();
  }

  private static Threads threads(Hooks hooks) {
    return new Threads() {
      @Override
      public void start(String name, Runnable writer) {
        // Stepped instead.
      }

      @Override
      public void answer(Runnable answering) {
        answering.run();
      }

      @Override
      public void park(Object blocker) {
        hooks.awaitCommit();
      }

      @Override
      public <R> Write<R> admit(Write<R> write) {
        return hooks.admit(write);
      }
    };
  }

  /// What the simulation does at the places where threads would wait.
  public interface Hooks {

    /// A caller waits for its change; returns when a group was committed.
    void awaitCommit();

    /// A query is about to run.
    void beforeRead();

    /// A write is queued; answers what is queued for it.
    <R> Write<R> admit(Write<R> write);
  }

  /// Runs at once, on the caller's thread.
  private static final class Inline extends AbstractExecutorService {

    private final Hooks hooks;
    private boolean isShutdown;

    private Inline(Hooks hooks) {
      this.hooks = hooks;
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
      hooks.beforeRead();
      try {
        return CompletableFuture.completedFuture(task.call());
      } catch (Exception e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {
      isShutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      isShutdown = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return isShutdown;
    }

    @Override
    public boolean isTerminated() {
      return isShutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
