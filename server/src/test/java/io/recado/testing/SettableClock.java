package io.recado.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until a test moves it. Safe for many threads.
public final class SettableClock implements InstantSource {

  private final AtomicReference<Instant> now;

  /// A clock that shows a time.
  public SettableClock(Instant now) {
    this.now = new AtomicReference<>(now);
  }

  /// A clock that shows 2026-04-03T10:00:00Z.
  public static SettableClock standing() {
    return new SettableClock(Instant.parse("2026-04-03T10:00:00Z"));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /// The same time on a clock that counts nanoseconds from an arbitrary start, for what measures
  /// durations.
  public long nanos() {
    Instant instant = now.get();
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  /// Moves the clock; back when negative.
  public void advance(Duration duration) {
    now.updateAndGet(instant -> instant.plus(duration));
  }

  /// Sets the clock.
  public void set(Instant instant) {
    now.set(instant);
  }
}
