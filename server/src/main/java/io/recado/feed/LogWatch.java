package io.recado.feed;

import io.recado.event.Event;
import io.recado.journal.ReadPool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/// Wakes those who follow a workspace's log when it grows.
///
/// A commit of this node is told at once, but no workspace more often than every [#PAUSE]: what is
/// committed meanwhile is told together. What other nodes commit is found by [#poll]. Nobody who
/// took his [#mark] before he read can miss what came after it. Safe for many threads.
public final class LogWatch implements AutoCloseable {

  /// The shortest time between two tellings.
  static final Duration PAUSE = Duration.ofMillis(5);

  private final Map<Long, Follower> followers = new ConcurrentHashMap<>();
  private final Set<Long> grown = ConcurrentHashMap.newKeySet();
  private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
  private final Thread teller = Thread.ofVirtual().name("log-watch").unstarted(this::tell);
  private volatile boolean isClosed;

  /// Begins to tell.
  public LogWatch start() {
    teller.start();
    return this;
  }

  /// An event is durable. Cheap: for the journal's thread.
  public void appended(Event event) {
    grew(event.workspace());
  }

  /// Has a listener told of the key of each workspace whose log grew; on the watch's own thread, so
  /// it must be quick and must not fail. It may be told when nothing is new.
  public void listen(LongConsumer listener) {
    listeners.add(listener);
  }

  /// Where the waiting for a workspace's log stands. To be taken before the log is read.
  public long mark(long workspace) {
    return follower(workspace).mark();
  }

  /// Waits until the log has grown since a mark was taken.
  ///
  /// @param patience the longest wait
  public void await(long workspace, long mark, Duration patience) throws InterruptedException {
    follower(workspace).await(mark, patience);
  }

  /// Looks for what other nodes have committed to logs that somebody follows or followed here.
  public void poll(ReadPool reads) {
    List<Long> followed = List.copyOf(followers.keySet());
    Map<Long, Long> heads = reads.read(r -> LogStore.heads(r, followed));
    heads.forEach(
        (workspace, head) -> {
          if (follower(workspace).reached(head)) {
            grew(workspace);
          }
        });
  }

  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(teller);
  }

  private Follower follower(long workspace) {
    return followers.computeIfAbsent(workspace, _ -> new Follower());
  }

  private void grew(long workspace) {
    // Most often it is there already, which costs a look.
    if (!grown.contains(workspace) && grown.add(workspace)) {
      LockSupport.unpark(teller);
    }
  }

  private void tell() {
    while (!isClosed) {
      if (grown.isEmpty()) {
        LockSupport.park(this);
        continue;
      }
      for (Long workspace : List.copyOf(grown)) {
        // Before it is told: what comes from now on is told once more.
        grown.remove(workspace);
        Follower follower = followers.get(workspace);
        if (follower != null) {
          follower.wake();
        }
        listeners.forEach(listener -> listener.accept(workspace));
      }
      pause();
    }
  }

  private void pause() {
    long end = System.nanoTime() + PAUSE.toNanos();
    for (long left = PAUSE.toNanos(); left > 0 && !isClosed; left = end - System.nanoTime()) {
      // Ends early when a log grows, which then waits its turn.
      LockSupport.parkNanos(this, left);
    }
  }

  /// Those who wait for one log.
  private static final class Follower {

    private long mark;
    private long head;

    synchronized long mark() {
      return mark;
    }

    synchronized void wake() {
      mark++;
      notifyAll();
    }

    synchronized void await(long seen, Duration patience) throws InterruptedException {
      long end = System.nanoTime() + patience.toNanos();
      long left = patience.toMillis();
      while (mark == seen && left > 0) {
        wait(left);
        left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      }
    }

    /// Whether a position is further than those before.
    synchronized boolean reached(long position) {
      boolean isFurther = position > head;
      head = position;
      return isFurther;
    }
  }
}
