package io.recado.emulator.time;

import java.time.Duration;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks when the clock reaches their time, on one thread, in order of time and then of
/// arrival.
///
/// Times are rounded up to [#TICK_MILLIS], so that the thread wakes once for many tasks.
public final class Timers implements AutoCloseable {
  /// The grid on which tasks run.
  public static final long TICK_MILLIS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Timers.class);
  private static final long MAX_WAIT_MILLIS = 60_000;

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private final Thread thread;
  private long nextOrder;
  private boolean closed;

  private record Entry(long dueMillis, long order, Runnable task) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(dueMillis, other.dueMillis);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

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
    long onGrid = -Math.floorDiv(-dueMillis, TICK_MILLIS) * TICK_MILLIS;
    lock.lock();
    try {
      Entry entry = new Entry(onGrid, nextOrder++, task);
      entries.add(entry);
      if (entries.peek() == entry) {
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
    for (Entry due = awaitDue(); due != null; due = awaitDue()) {
      try {
        due.task.run();
      } catch (RuntimeException e) {
        // One broken task must not stop all the others.
        LOG.error("A timed task failed", e);
      }
    }
  }

  private @Nullable Entry awaitDue() {
    lock.lock();
    try {
      while (!closed) {
        Entry head = entries.peek();
        long wait = head == null ? MAX_WAIT_MILLIS : head.dueMillis - clock.millis();
        if (head != null && wait <= 0) {
          return entries.poll();
        }
        changed.await(Math.min(wait, MAX_WAIT_MILLIS), TimeUnit.MILLISECONDS);
      }
      return null;
    } catch (InterruptedException e) {
      return null;
    } finally {
      lock.unlock();
    }
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
