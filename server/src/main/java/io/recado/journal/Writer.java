package io.recado.journal;

import io.recado.journal.StorageException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One queue and the thread that empties it: takes all that waits, commits it as one transaction,
/// answers.
final class Writer implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int MAX_GROUP = 1_024;
  private static final int MAX_REPEATS = 20;
  private static final Ticket<?> END = new Ticket<>(new Ending());

  private final WriterConnection connection;
  private final BlockingQueue<Ticket<?>> queue;
  private final Journal.Observer observer;
  private final Consumer<StorageException> onBroken;
  private volatile boolean closing;
  private volatile boolean ended;

  Writer(
      Database database,
      int maxWaiting,
      Journal.Observer observer,
      Consumer<StorageException> onBroken,
      Runnable missed,
      Threads threads) {
    this.connection = new WriterConnection(database, observer, missed, threads);
    this.queue = new ArrayBlockingQueue<>(maxWaiting);
    this.observer = observer;
    this.onBroken = onBroken;
  }

  /// False when too much is waiting, or when the journal is stopping.
  boolean offer(Ticket<?> ticket) {
    if (closing || !queue.offer(ticket)) {
      return false;
    }
    // The thread may have ended meanwhile; whoever takes the ticket out of the queue answers it.
    return !ended || !queue.remove(ticket);
  }

  boolean isClosing() {
    return closing || ended;
  }

  int waiting() {
    return queue.size();
  }

  /// Blocks until what waits is committed and the thread has ended.
  synchronized void close() {
    closing = true;
    // Wakes a thread that waits for something to do; where there is no room, it is not waiting.
    queue.offer(END);
    boolean interrupted = false;
    while (!ended) {
      try {
        wait(1_000);
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    try {
      while (!closing || !queue.isEmpty()) {
        commitWith(queue.take());
      }
    } catch (InterruptedException _) {
      LOG.warn("a journal writer was interrupted; no change is accepted from now on");
    } finally {
      end();
    }
  }

  /// Commits one group of what waits now, if anything does. For who runs no thread.
  void step() {
    Ticket<?> first = queue.poll();
    if (first != null) {
      commitWith(first);
    }
  }

  private void commitWith(Ticket<?> first) {
    List<Ticket<?>> group = new ArrayList<>();
    group.add(first);
    queue.drainTo(group, MAX_GROUP - 1);
    if (closing) {
      group.removeIf(ticket -> ticket == END);
    }
    if (!group.isEmpty()) {
      commit(group);
    }
  }

  private synchronized void end() {
    ended = true;
    connection.close();
    var late = new ArrayList<Ticket<?>>();
    queue.drainTo(late);
    late.removeIf(ticket -> ticket == END);
    fail(late, new StorageException(Kind.UNAVAILABLE, "the journal has stopped", null));
    notifyAll();
  }

  private void commit(List<Ticket<?>> group) {
    long start = System.nanoTime();
    for (int repeat = 0; ; repeat++) {
      try {
        connection.commit(group);
        break;
      } catch (StorageException e) {
        if (e.kind() == Kind.CONFLICT && repeat < MAX_REPEATS) {
          continue;
        }
        giveUp(group, e);
        return;
      } catch (RuntimeException e) {
        giveUp(group, e);
        return;
      } catch (AssertionError | StackOverflowError | OutOfMemoryError e) {
        // One write's fault must not end the thread on which all others depend.
        giveUp(group, new IllegalStateException("a change could not be applied", e));
        return;
      }
    }
    observer.committed(group.size(), System.nanoTime() - start);
  }

  /// A group that failed as a whole: what is at fault is found by applying its writes one by one,
  /// unless the database itself is.
  private void giveUp(List<Ticket<?>> group, RuntimeException e) {
    Kind kind = e instanceof StorageException storage ? storage.kind() : Kind.REFUSED;
    if (kind == Kind.REFUSED && group.size() > 1) {
      for (Ticket<?> ticket : List.copyOf(group)) {
        commit(List.of(ticket));
      }
      return;
    }
    fail(group, e);
    if (kind == Kind.BROKEN) {
      LOG.error("the disk failed; ending so that the database recovers from its log", e);
      onBroken.accept((StorageException) e);
    }
  }

  private static void fail(List<Ticket<?>> group, RuntimeException e) {
    group.forEach(ticket -> ticket.fail(e));
  }

  /// Never applied.
  private record Ending() implements Write<Boolean> {
    @Override
    public long workspace() {
      return 0;
    }

    @Override
    public Boolean apply(Tx tx) {
      return false;
    }
  }
}
