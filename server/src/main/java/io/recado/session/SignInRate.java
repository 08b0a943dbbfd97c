package io.recado.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Id;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Holds each key to a few sign-ins, on this node: each one writes. People need one a day. Safe for
/// many threads.
final class SignInRate {

  /// How many may come at once.
  static final int BURST = 10;

  /// How long each one takes to come back.
  static final Duration EACH = Duration.ofSeconds(6);

  private final LongSupplier nanoTime;
  // Each holds the time at which its key may make a whole burst again.
  private final Cache<Id, AtomicLong> full;

  SignInRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.full =
        Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(EACH.multipliedBy(BURST + 1))
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /// Counts one sign-in.
  ///
  /// @throws ApiError `RATE_LIMITED`, with when to come again
  void admit(Id apiKey) {
    long now = nanoTime.getAsLong();
    AtomicLong time = full.get(apiKey, _ -> new AtomicLong(now));
    long allowed = EACH.toNanos() * BURST;
    while (true) {
      long before = time.get();
      long next = (before - now > 0 ? before : now) + EACH.toNanos();
      long missing = next - now - allowed;
      if (missing > 0) {
        long window = EACH.toSeconds() * BURST;
        throw ApiError.retryAfter(
            ErrorReason.RATE_LIMITED,
            "This API key has signed in " + BURST + " times within a minute; try again later.",
            Map.of("limit", String.valueOf(BURST), "window", String.valueOf(window)),
            Duration.ofNanos(missing));
      }
      if (time.compareAndSet(before, next)) {
        return;
      }
    }
  }
}
