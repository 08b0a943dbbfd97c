package io.recado.conversation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The time after a person's message in which free content may be sent. Pure.
///
/// @param length zero when free content may always be sent
public record ServiceWindow(Duration length) {

  /// Whether free content may be sent at `now`.
  ///
  /// @param lastInbound when the person last wrote; null when never
  public boolean isOpen(@Nullable Instant lastInbound, Instant now) {
    return length.isZero() || lastInbound != null && now.isBefore(lastInbound.plus(length));
  }

  /// Until when it is open, or since when it is closed; null when it never was open or is always.
  public @Nullable Instant openUntil(@Nullable Instant lastInbound) {
    return length.isZero() || lastInbound == null ? null : lastInbound.plus(length);
  }

  /// Says since when it is closed, one sentence.
  public String closedSince(@Nullable Instant lastInbound) {
    Instant end = openUntil(lastInbound);
    return end == null
        ? "The person has never written, so the service window is closed."
        : "The service window has been closed since " + end + ".";
  }
}
