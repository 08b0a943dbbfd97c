package io.recado.ops;

import io.recado.journal.StorageException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that costs something to find out, found out again when it is asked for and too old. Safe
/// for many threads.
final class Sampled<T> {

  private final Supplier<T> source;
  private final long maxAge;
  private final LongSupplier nanoTime;
  private @Nullable T value;
  private long time;

  Sampled(Supplier<T> source, Duration maxAge, LongSupplier nanoTime) {
    this.source = source;
    this.maxAge = maxAge.toNanos();
    this.nanoTime = nanoTime;
    this.time = nanoTime.getAsLong() - this.maxAge;
  }

  /// The value; empty while the database does not answer.
  synchronized Optional<T> value() {
    if (nanoTime.getAsLong() - time >= maxAge) {
      time = nanoTime.getAsLong();
      try {
        value = source.get();
      } catch (StorageException _) {
        // An old number would look like a new one.
        value = null;
      }
    }
    return Optional.ofNullable(value);
  }
}
