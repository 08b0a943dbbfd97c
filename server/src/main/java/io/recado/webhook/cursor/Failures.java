package io.recado.webhook.cursor;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Attempts that failed one after the other, without a success between.
///
/// Five days of them disable an endpoint, but only when they are spread over those days: a pause of
/// more than [#PAUSE] says nothing about the endpoint, and begins anew.
///
/// @param from the first; null when the last attempt was a success
/// @param last the latest
public record Failures(@Nullable Instant from, @Nullable Instant last) {

  /// None.
  public static final Failures NONE = new Failures(null, null);

  /// So long is too long.
  static final Duration MOST = Duration.ofDays(5);

  /// Longer than the longest step between two attempts of one event.
  static final Duration PAUSE = Duration.ofHours(30);

  /// The same with one more.
  Failures with(Instant now) {
    boolean goesOn = from != null && last != null && !now.isAfter(last.plus(PAUSE));
    return new Failures(goesOn ? from : now, now);
  }

  /// Whether they have gone on for too long.
  boolean isTooLong() {
    return from != null && last != null && !last.isBefore(from.plus(MOST));
  }
}
