package io.recado.webhook.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks the name service, within a time.
///
/// A look-up is native code that nothing can interrupt and that would hold a virtual thread's
/// carrier, so it runs on one of a few platform threads. Who asks for names that nobody answers
/// fills only his own [Turns]. Safe for many threads.
final class NameLookups implements AutoCloseable {

  private static final int THREADS = 64;
  private static final int AT_ONCE = 8;

  private final Duration timeout;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().name("name-lookup-", 0).daemon().factory());

  /// @param timeout how long one look-up may take, waiting for its turn included
  NameLookups(Duration timeout) {
    this.timeout = timeout;
    threads.allowCoreThreadTimeOut(true);
  }

  /// How many look-ups of one customer run at once.
  static final class Turns {
    private final Semaphore free = new Semaphore(AT_ONCE);
  }

  /// Every address of the host, in the system's order. An address as host is its own answer.
  ///
  /// @throws UnknownHostException when there is none, or no answer in time
  List<InetAddress> lookUp(String host, Turns turns) throws UnknownHostException {
    long end = System.nanoTime() + timeout.toNanos();
    var lookup = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
    try {
      if (!turns.free.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException();
      }
      // The turn ends with the look-up itself, which may be long after we have stopped waiting.
      threads.execute(
          () -> {
            try {
              lookup.run();
            } finally {
              turns.free.release();
            }
          });
      return lookup.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      lookup.cancel(false); // spares one that still waits for its thread
      throw unknown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(e);
    }
  }

  private static UnknownHostException unknown(Exception cause) {
    var unknown = new UnknownHostException("no address found");
    unknown.initCause(cause);
    return unknown;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
