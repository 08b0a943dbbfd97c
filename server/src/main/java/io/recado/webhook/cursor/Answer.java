package io.recado.webhook.cursor;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of one attempt.
///
/// @param status of HTTP; 0 when none came
/// @param text how the answer began; without one, what went wrong
/// @param retryAfter how long the endpoint asked us to wait; null when it did not
public record Answer(
    Kind kind,
    Instant startTime,
    Duration latency,
    int status,
    String text,
    @Nullable Duration retryAfter) {

  /// What an answer means.
  public enum Kind {
    /// 2xx.
    DELIVERED,
    /// Nobody there, too slow, too busy or broken: the endpoint rather than the event.
    UNAVAILABLE,
    /// Any other answer: the event rather than the endpoint.
    REFUSED,
    /// 410: nothing is wanted there any more.
    GONE,
    /// Nothing was sent: the event is gone, or not wanted any more.
    SKIPPED;

    /// What a status of HTTP means; 0 for none. Source: Standard Webhooks 1.0.0, and docs/api.md.
    public static Kind of(int status) {
      if (status >= 200 && status < 300) {
        return DELIVERED;
      }
      if (status == 410) {
        return GONE;
      }
      return status == 0 || status == 429 || status >= 500 ? UNAVAILABLE : REFUSED;
    }
  }

  /// Nothing was sent.
  public static Answer skipped(Instant now) {
    return new Answer(Kind.SKIPPED, now, Duration.ZERO, 0, "", null);
  }
}
