package io.recado.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.recado.http.RateGate;
import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Id;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Holds each API key that has a limit to its requests per second, on this node. A key that was
/// quiet may make the requests of one second at once. Safe for many threads.
///
/// Source of the headers: draft-ietf-httpapi-ratelimit-headers.
public final class RateLimits implements RateGate {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  // A bucket that was not asked for a second is full, so forgetting it changes nothing.
  private final Cache<Id, AtomicLong> buckets;

  /// @param nanoTime a clock that never jumps, such as `System::nanoTime`
  public RateLimits(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(Authentication.MAX_KEYS)
            .expireAfterAccess(Duration.ofSeconds(10))
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Map<String, String> admit(Caller caller) {
    Integer perSecond = caller.requestsPerSecond();
    if (perSecond == null) {
      return Map.of();
    }
    long now = nanoTime.getAsLong();
    AtomicLong bucket = buckets.get(caller.apiKey(), _ -> new AtomicLong(now));
    long cost = SECOND / perSecond;
    while (true) {
      // The bucket holds the time at which it will be full again, so one number is its whole state.
      long full = bucket.get();
      long next = (full - now > 0 ? full : now) + cost;
      long missing = next - now - cost * perSecond;
      if (missing > 0) {
        throw refused(perSecond, missing);
      }
      if (bucket.compareAndSet(full, next)) {
        return headers(perSecond, -missing / cost, next - now);
      }
    }
  }

  private static Map<String, String> headers(int perSecond, long remaining, long untilFull) {
    long seconds = (untilFull + SECOND - 1) / SECOND;
    return Map.of(
        "RateLimit-Policy", "\"key\";q=" + perSecond + ";w=1",
        "RateLimit", "\"key\";r=" + remaining + ";t=" + seconds);
  }

  private static ApiError refused(int perSecond, long missing) {
    return ApiError.retryAfter(
        ErrorReason.RATE_LIMITED,
        "This API key may make " + perSecond + " requests a second; send the request again later.",
        Map.of("limit", String.valueOf(perSecond)),
        Duration.ofNanos(missing));
  }
}
