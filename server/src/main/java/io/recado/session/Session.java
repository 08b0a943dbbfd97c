package io.recado.session;

import io.recado.journal.Id;
import java.time.Duration;
import java.time.Instant;

/// What one sign-in made. The token that its cookie holds is not part of it.
///
/// @param apiKey the key that signed in; it decides what the session may do
/// @param lastUsedTime true to [#USE_INTERVAL]
public record Session(long workspace, Id apiKey, Instant createTime, Instant lastUsedTime) {

  /// A session that was not used for so long has ended: a shift with its breaks.
  public static final Duration IDLE = Duration.ofHours(12);

  /// No session is older.
  public static final Duration LONGEST = Duration.ofDays(7);

  /// How often a use is noted at most.
  public static final Duration USE_INTERVAL = Duration.ofMinutes(5);

  /// When it ends unless it is used again.
  public Instant endTime() {
    Instant idle = lastUsedTime.plus(IDLE);
    Instant longest = createTime.plus(LONGEST);
    return idle.isBefore(longest) ? idle : longest;
  }

  /// Whether its time is over.
  public boolean hasEnded(Instant now) {
    return !now.isBefore(endTime());
  }
}
