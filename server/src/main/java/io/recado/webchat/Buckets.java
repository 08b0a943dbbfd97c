package io.recado.webchat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A limit for each of many: so many at once, and one more after each pause. On this node. Safe for
/// many threads.
///
/// @param <K> whom it holds
final class Buckets<K> {

  private static final int MOST_KEYS = 100_000;

  private final String subject;
  private final int burst;
  private final long pauseNanos;
  private final LongSupplier nanoTime;
  // One that was full again is as good as none, so forgetting it changes nothing.
  private final Cache<K, AtomicLong> fullTimes;

  /// @param subject what it holds, for the refusal: `visitor`, `address`
  /// @param pause after which one more is let pass
  /// @param nanoTime a clock that never jumps, such as `System::nanoTime`
  Buckets(String subject, int burst, Duration pause, LongSupplier nanoTime) {
    this.subject = subject;
    this.burst = burst;
    this.pauseNanos = pause.toNanos();
    this.nanoTime = nanoTime;
    this.fullTimes =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterAccess(pause.multipliedBy(burst + 1L))
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /// Takes one.
  ///
  /// @throws ApiError `RATE_LIMITED`, with when to come again
  void take(K key) {
    long now = nanoTime.getAsLong();
    AtomicLong fullTime = fullTimes.get(key, _ -> new AtomicLong(now));
    while (true) {
      // The time at which it will be full again is its whole state.
      long full = fullTime.get();
      long next = (full - now > 0 ? full : now) + pauseNanos;
      long missing = next - now - pauseNanos * burst;
      if (missing > 0) {
        throw refused(missing);
      }
      if (fullTime.compareAndSet(full, next)) {
        return;
      }
    }
  }

  private ApiError refused(long missing) {
    return ApiError.retryAfter(
        ErrorReason.RATE_LIMITED,
        "Too many requests of one " + subject + "; send it again later.",
        Map.of("subject", subject),
        Duration.ofNanos(missing));
  }
}
