package io.recado.emulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that runs with real time and can be moved forward. Safe for many threads; never goes
/// back.
///
/// Several parts may share one, so that moving it moves all of them.
public final class EmulatorClock implements InstantSource {
  /// The furthest that one [#advance] may go.
  public static final Duration MAX_ADVANCE = Duration.ofDays(3650);

  private final Instant start = InstantSource.system().instant();
  private final long startNanos = System.nanoTime();
  private final AtomicLong movedNanos = new AtomicLong();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos).plusNanos(movedNanos.get());
  }

  /// Moves the clock forward, then tells every listener, on the calling thread.
  ///
  /// @throws IllegalArgumentException when `by` is negative or above [#MAX_ADVANCE]
  public void advance(Duration by) {
    if (by.isNegative() || by.compareTo(MAX_ADVANCE) > 0) {
      throw new IllegalArgumentException("A clock moves forward only, by at most 3650 days.");
    }
    movedNanos.addAndGet(by.toNanos());
    listeners.forEach(Runnable::run);
  }

  /// Has `listener` run after each move. Returns what takes it off again.
  public Runnable onAdvance(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
