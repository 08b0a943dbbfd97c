package io.recado.emulator.time;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks when the clock reaches their time, on one thread, in order of time and then of
/// arrival.
///
/// Times are rounded up to [#TICK_MILLIS]; all tasks of a tick are run after one awakening.
public final class Timers implements AutoCloseable {
  /// The grid on which tasks run.
  public static final long TICK_MILLIS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Timers.class);
  private static final long MAX_WAIT_MILLIS = 60_000;

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeMap<Long, List<Runnable>> ticks = new TreeMap<>();
  private final Thread thread;
  private volatile boolean closed;

  public Timers(InstantSource clock) {
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("emulator-timers").daemon().unstarted(this::run);
    thread.start();
  }

  /// Has `task` run once `delay` has passed. The task must be short and must not block.
  public void after(Duration delay, Runnable task) {
    at(clock.millis() + Math.max(0, delay.toMillis()), task);
  }

  /// Has `task` run at `dueMillis` since the epoch, at once when that has passed.
  public void at(long dueMillis, Runnable task) {
    long tick = -Math.floorDiv(-dueMillis, TICK_MILLIS) * TICK_MILLIS;
    lock.lock();
    try {
      List<Runnable> tasks = ticks.get(tick);
      if (tasks != null) {
        tasks.add(task);
        return;
      }
      tasks = new ArrayList<>();
      tasks.add(task);
      ticks.put(tick, tasks);
      if (ticks.firstKey() == tick) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Blocks the calling thread until `millis` have passed on the clock, or this is closed.
  public void pause(long millis) throws InterruptedException {
    if (millis <= 0) {
      return;
    }
    CountDownLatch over = new CountDownLatch(1);
    after(Duration.ofMillis(millis), over::countDown);
    over.await();
  }

  /// Looks at the clock again; to be called after it was moved.
  public void rearm() {
    lock.lock();
    try {
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (!closed) {
      for (Runnable task : awaitDue()) {
        if (!closed) {
          run(task);
        }
      }
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      // One broken task must not stop all the others.
      LOG.error("A timed task failed", e);
    }
  }

  /// The tasks of the first tick once it is due; none when this was closed meanwhile.
  private List<Runnable> awaitDue() {
    lock.lock();
    try {
      while (!closed) {
        Map.Entry<Long, List<Runnable>> first = ticks.firstEntry();
        long wait = first == null ? MAX_WAIT_MILLIS : first.getKey() - clock.millis();
        if (first != null && wait <= 0) {
          return ticks.pollFirstEntry().getValue();
        }
        changed.await(Math.min(wait, MAX_WAIT_MILLIS), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      closed = true;
    } finally {
      lock.unlock();
    }
    return List.of();
  }

  /// Stops; tasks that are not due are forgotten, and whoever pauses goes on.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
