package io.recado.connector;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Call;
import okhttp3.Response;

/// Ends calls that take too long. While there are any, one thread looks at all of them now and
/// then: the client's own timers, one for each call, cost more than all else that it does. Safe for
/// many threads.
public final class CallLimit {

  private static final int LOOKS = 30;

  private final Duration limit;
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isWatched = new AtomicBoolean();

  /// @param limit for a whole call; one may take a thirtieth more
  public CallLimit(Duration limit) {
    this.limit = limit;
  }

  /// Makes a call and reads its answer.
  ///
  /// @throws CallTookTooLong when it was ended; what was sent of it is not known
  public <T> T execute(Call call, Reader<T> reader) throws IOException {
    return execute(call, System.nanoTime(), reader);
  }

  /// As above, for a call that goes on with what another one has begun.
  ///
  /// @param began when, by [System#nanoTime]
  public <T> T execute(Call call, long began, Reader<T> reader) throws IOException {
    var entry = new Running(call, began);
    running.add(entry);
    if (isWatched.compareAndSet(false, true)) {
      Thread.ofVirtual().name("call-limit").start(this::watch);
    }
    try (Response response = call.execute()) {
      return reader.read(response);
    } catch (IOException e) {
      throw running.contains(entry) ? e : new CallTookTooLong(e);
    } finally {
      running.remove(entry);
    }
  }

  private void watch() {
    do {
      while (!running.isEmpty()) {
        LockSupport.parkNanos(limit.toNanos() / LOOKS);
        running.forEach(this::endIfLate);
      }
      isWatched.set(false);
      // One that came in between has found itself watched.
    } while (!running.isEmpty() && isWatched.compareAndSet(false, true));
  }

  private void endIfLate(Running entry) {
    if (System.nanoTime() - entry.began > limit.toNanos() && running.remove(entry)) {
      entry.call.cancel();
    }
  }

  /// Reads an answer.
  @FunctionalInterface
  public interface Reader<T> {
    T read(Response response) throws IOException;
  }

  /// The call was ended before its answer was whole.
  public static final class CallTookTooLong extends IOException {
    private static final long serialVersionUID = 1;

    CallTookTooLong(IOException cause) {
      super(cause);
    }
  }

  /// A call under way; each is equal to itself alone.
  private static final class Running {
    private final Call call;
    private final long began;

    private Running(Call call, long began) {
      this.call = call;
      this.began = began;
    }
  }
}
