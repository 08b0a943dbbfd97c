package io.recado.journal;

import io.recado.journal.StorageException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Every change of this node goes through here: those that wait are committed together, and each
/// caller is answered only when its change is on disk.
///
/// A lone write waits for no timer; under load one fsync serves hundreds. One writer on SQLite, two
/// on PostgreSQL, chosen by the write's lane. Safe for many threads.
public final class Journal implements AutoCloseable {

  /// How many writes may wait; beyond them callers are refused.
  public static final int MAX_WAITING = 16_384;

  private final List<Writer> writers = new ArrayList<>();
  private final Map<Long, AtomicInteger> waiting = new ConcurrentHashMap<>();
  private final int maxShare;
  private final Threads threads;
  private volatile Runnable missed = () -> {};

  /// Starts the writers.
  ///
  /// @param observer told of each group, on the writer's thread
  /// @param onBroken called when the disk failed: must end the process, since what was written
  ///   cannot be trusted
  public Journal(Database database, Observer observer, Consumer<StorageException> onBroken) {
    this(database, observer, onBroken, Threads.REAL);
  }

  Journal(
      Database database, Observer observer, Consumer<StorageException> onBroken, Threads threads) {
    this.threads = threads;
    int count = database.dialect().writers();
    // Of one writer's queue, as all writes of a workspace may be in one lane.
    maxShare = MAX_WAITING / count / 2;
    for (int i = 0; i < count; i++) {
      writers.add(
          new Writer(
              database, MAX_WAITING / count, observer, onBroken, () -> missed.run(), threads));
    }
    for (int i = 0; i < count; i++) {
      threads.start("journal-" + i, writers.get(i));
    }
  }

  /// Has somebody told when a change is durable, or may be, and what should have followed it in
  /// memory failed: whoever keeps a picture of the database must look again. On the writer's
  /// thread, so it must be quick. Set once, before the first change.
  public void whenMissed(Runnable listener) {
    missed = listener;
  }

  /// Commits one change and blocks until it is durable.
  ///
  /// @throws Refusal when the change must not happen; nothing was changed
  /// @throws StorageException when it was not committed, or when that is not known
  public <R> R commit(Write<R> write) {
    Ticket<R> ticket = enqueue(write);
    try {
      return ticket.await(threads);
    } finally {
      share(write).decrementAndGet();
    }
  }

  /// Commits several changes, usually together, and blocks until each is durable or refused. From
  /// the first that finds no room on, none is taken, so that none overtakes another.
  ///
  /// @return in the order of the writes
  public <R> List<Outcome<R>> commitAll(List<? extends Write<? extends R>> writes) {
    List<Ticket<? extends R>> tickets = new ArrayList<>(writes.size());
    StorageException noRoom = null;
    try {
      for (Write<? extends R> write : writes) {
        tickets.add(enqueue(write));
      }
    } catch (StorageException e) {
      noRoom = e;
    }
    List<Outcome<R>> outcomes = new ArrayList<>(writes.size());
    for (Ticket<? extends R> ticket : tickets) {
      outcomes.add(outcome(ticket));
    }
    while (outcomes.size() < writes.size()) {
      outcomes.add(new Outcome<>(null, noRoom));
    }
    return outcomes;
  }

  /// How many writes of one workspace may wait.
  int maxShare() {
    return maxShare;
  }

  /// Whether changes are still taken: no writer has ended.
  public boolean isRunning() {
    return writers.stream().noneMatch(Writer::isClosing);
  }

  /// How many writes wait now.
  public int waiting() {
    return writers.stream().mapToInt(Writer::waiting).sum();
  }

  /// Commits one group of each writer, when these have no threads of their own.
  void step() {
    writers.forEach(Writer::step);
  }

  /// Commits what waits, then stops. Later writes are refused.
  @Override
  public void close() {
    writers.forEach(Writer::close);
  }

  private <R> Outcome<R> outcome(Ticket<? extends R> ticket) {
    try {
      return new Outcome<>(ticket.await(threads), null);
    } catch (RuntimeException e) {
      return new Outcome<>(null, e);
    } finally {
      share(ticket.write()).decrementAndGet();
    }
  }

  private <R> Ticket<R> enqueue(Write<R> write) {
    AtomicInteger share = share(write);
    if (share.incrementAndGet() > maxShare) {
      share.decrementAndGet();
      throw new StorageException(
          Kind.WORKSPACE_BUSY, "the workspace has more changes waiting than its share", null);
    }
    var ticket = new Ticket<>(threads.admit(write));
    int writer = Math.floorMod(Long.hashCode(write.lane() * 0x9E3779B97F4A7C15L), writers.size());
    if (!writers.get(writer).offer(ticket)) {
      share.decrementAndGet();
      throw writers.get(writer).isClosing()
          ? new StorageException(Kind.UNAVAILABLE, "the journal has stopped", null)
          : new StorageException(Kind.OVERLOADED, "too many changes are waiting", null);
    }
    return ticket;
  }

  private AtomicInteger share(Write<?> write) {
    return waiting.computeIfAbsent(write.workspace(), _ -> new AtomicInteger());
  }

  /// What became of one of several writes.
  public record Outcome<R>(R value, RuntimeException failure) {

    /// The result.
    ///
    /// @throws Refusal or [StorageException], as for [Journal#commit]
    public R get() {
      if (failure != null) {
        throw failure;
      }
      return value;
    }
  }

  /// Told of each committed group, for metrics.
  @FunctionalInterface
  public interface Observer {
    void committed(int writes, long nanos);

    /// Told of what the writes of a group had to tell, once it is durable, on the writer's thread.
    /// Must be quick.
    default void told(Object fact) {}
  }
}
