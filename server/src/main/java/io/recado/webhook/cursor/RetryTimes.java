package io.recado.webhook.cursor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When to try again: an event that was refused, and an endpoint that is failing. All with ±20 % of
/// jitter.
///
/// @param random safe for the thread that decides
record RetryTimes(RandomGenerator random) {

  /// How often a refused event is tried.
  static final int MOST_ATTEMPTS = 10;

  private static final double JITTER = 0.2;

  /// Source: Standard Webhooks 1.0.0, "Deliverability": the first attempt is made at once.
  private static final List<Duration> REFUSED =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private static final List<Duration> FAILING =
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
  private static final Duration FAILING_FOR_A_WHILE = Duration.ofSeconds(30);
  private static final Duration FAILING_FOR_LONG = Duration.ofMinutes(5);
  private static final Duration LONG = Duration.ofHours(1);

  /// How long a refused event waits; empty when it has had its last attempt.
  ///
  /// @param attempts made so far, from 1
  /// @param asked what the endpoint asked for: honoured up to twice what we would wait by ourselves
  Optional<Duration> refused(int attempts, @Nullable Duration asked) {
    if (attempts >= MOST_ATTEMPTS) {
      return Optional.empty();
    }
    Duration own = REFUSED.get(attempts - 1);
    return Optional.of(within(asked, jittered(own), own.multipliedBy(2)));
  }

  /// How long a failing endpoint is left alone.
  ///
  /// @param probes made so far, from 0
  /// @param since how long it has been failing
  /// @param asked what the endpoint asked for: honoured up to five minutes
  Duration failing(int probes, Duration since, @Nullable Duration asked) {
    Duration own =
        since.compareTo(LONG) >= 0
            ? FAILING_FOR_LONG
            : probes < FAILING.size() ? FAILING.get(probes) : FAILING_FOR_A_WHILE;
    return within(asked, jittered(own), FAILING_FOR_LONG);
  }

  private Duration jittered(Duration delay) {
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    return Duration.ofMillis(Math.round(delay.toMillis() * factor));
  }

  private static Duration within(@Nullable Duration asked, Duration own, Duration most) {
    if (asked == null || asked.compareTo(own) <= 0) {
      return own;
    }
    return asked.compareTo(most) < 0 ? asked : most.compareTo(own) > 0 ? most : own;
  }
}
