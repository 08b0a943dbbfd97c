package io.recado.journal;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Runs queries on a few platform threads of its own.
///
/// The SQLite driver is native code, which holds a virtual thread's carrier for the length of a
/// call: two busy readers on virtual threads stop everything else (docs/decisions). Safe for many
/// threads.
public final class ReadPool implements AutoCloseable {

  private static final int WAITING = 10_000;

  private final Database database;
  private final ExecutorService threads;
  private final ArrayDeque<Reads> idle = new ArrayDeque<>();

  /// A pool of at most `size` threads, each with a connection.
  public ReadPool(Database database, int size) {
    this(
        database,
        new ThreadPoolExecutor(
            size,
            size,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("read-", 0).daemon().factory()));
  }

  ReadPool(Database database, ExecutorService threads) {
    this.database = database;
    this.threads = threads;
  }

  /// Runs a query and blocks until it has answered; not for the journal's writer, which would hold
  /// up every change for as long as other queries take. It sees everything that was acknowledged
  /// before.
  ///
  /// @throws StorageException when the database cannot be asked, or too many are waiting
  public <T> T read(Function<Reads, T> query) {
    WriterThread.mustNotBe("a query");
    Future<T> answer;
    try {
      answer = threads.submit(() -> run(query));
    } catch (RejectedExecutionException e) {
      throw threads.isShutdown()
          ? stopped(e)
          : new StorageException(
              StorageException.Kind.OVERLOADED, "too many queries are waiting", e);
    }
    return await(answer);
  }

  /// The few words in which the databases differ.
  public Dialect dialect() {
    return database.dialect();
  }

  @Override
  public void close() {
    // Whoever waits for a query that will not run must be told.
    threads.shutdownNow().forEach(query -> ((Future<?>) query).cancel(false));
    synchronized (idle) {
      idle.forEach(ReadPool::close);
      idle.clear();
    }
  }

  private <T> T run(Function<Reads, T> query) {
    Reads reads;
    synchronized (idle) {
      reads = idle.pollFirst();
    }
    if (reads != null) {
      try {
        return run(reads, query);
      } catch (StorageException e) {
        if (e.kind() != StorageException.Kind.UNAVAILABLE) {
          throw e;
        }
        // The old connection had died, perhaps long ago: one more try on a new one.
      }
    }
    return run(new Reads(database.openReader(), database.dialect()), query);
  }

  private <T> T run(Reads reads, Function<Reads, T> query) {
    boolean usable = false;
    try {
      T answer = query.apply(reads);
      usable = true;
      return answer;
    } catch (Refusal e) {
      usable = true;
      throw e;
    } finally {
      if (usable && !threads.isShutdown()) {
        synchronized (idle) {
          idle.addFirst(reads);
        }
      } else {
        // A connection on which something failed is not asked again.
        close(reads);
      }
    }
  }

  private static void close(Reads reads) {
    try {
      reads.connection().close();
    } catch (SQLException _) {
      // It is given up either way.
    }
  }

  private static StorageException stopped(RuntimeException cause) {
    return new StorageException(
        StorageException.Kind.UNAVAILABLE, "queries are no longer answered", cause);
  }

  private static <T> T await(Future<T> answer) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get();
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (CancellationException e) {
          throw stopped(e);
        } catch (ExecutionException e) {
          throw e.getCause() instanceof RuntimeException fault
              ? fault
              : new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
