package io.recado.simulation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs each task on a fiber of its own.
final class FiberExecutor extends AbstractExecutorService {

  private final Node node;

  FiberExecutor(Node node) {
    this.node = node;
  }

  @Override
  public void execute(Runnable task) {
    node.spawn(task);
  }

  @Override
  public void shutdown() {
    // A crash ends its fibers.
  }

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
