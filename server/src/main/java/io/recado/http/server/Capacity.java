package io.recado.http.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How much the server works on at once: requests, and bytes of their bodies.
///
/// Who calls without a key gets at most half of either, so that strangers cannot keep out those who
/// have one. A request whose body is still on its way counts for the bytes that have come and for
/// nothing else, so that slow senders cost nobody's place. Safe for many threads.
final class Capacity {

  private static final int MANY = 1 << 30;

  private final Semaphore requests;
  private final Semaphore strangersRequests;
  private final Semaphore bytes;
  private final Semaphore strangersBytes;
  private final Semaphore underWay = new Semaphore(MANY);

  /// @param requests the most requests that are worked on at once
  /// @param bodyBytes the most bytes of bodies in memory
  Capacity(int requests, int bodyBytes) {
    this.requests = new Semaphore(requests);
    this.strangersRequests = new Semaphore(Math.max(1, requests / 2));
    this.bytes = new Semaphore(bodyBytes);
    this.strangersBytes = new Semaphore(bodyBytes / 2);
  }

  /// A request that has come, before it is worked on; to be closed when it is answered.
  ///
  /// @param hasKey whether it is refused without an API key
  Turn turn(boolean hasKey) {
    underWay.acquireUninterruptibly();
    return new Turn(hasKey);
  }

  /// Waits until no request is left.
  ///
  /// @return false when some are left after that time
  boolean awaitEnd(Duration patience) throws InterruptedException {
    return underWay.tryAcquire(MANY, patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// What one request takes. For its own thread.
  final class Turn implements AutoCloseable {

    private final boolean hasKey;
    private boolean working;
    private int held;

    private Turn(boolean hasKey) {
      this.hasKey = hasKey;
    }

    /// Begins to work on the request, or goes on with it.
    ///
    /// @return false when there is too much to do already
    boolean work() {
      working = take(requests, strangersRequests, 1);
      return working;
    }

    /// Stops to work, as the body is awaited.
    void rest() {
      if (working) {
        working = false;
        release(requests, strangersRequests, 1);
      }
    }

    /// Takes room for more bytes, until the request is answered.
    ///
    /// @return false when there is none
    boolean hold(int more) {
      if (!take(bytes, strangersBytes, more)) {
        return false;
      }
      held += more;
      return true;
    }

    @Override
    public void close() {
      rest();
      release(bytes, strangersBytes, held);
      held = 0;
      underWay.release();
    }

    private boolean take(Semaphore all, Semaphore strangers, int count) {
      if (!hasKey && !strangers.tryAcquire(count)) {
        return false;
      }
      if (all.tryAcquire(count)) {
        return true;
      }
      if (!hasKey) {
        strangers.release(count);
      }
      return false;
    }

    private void release(Semaphore all, Semaphore strangers, int count) {
      all.release(count);
      if (!hasKey) {
        strangers.release(count);
      }
    }
  }
}
