package io.recado.dispatch;

import io.recado.channel.Channel.RecipientLimit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How fast one person may be sent messages: a burst, then one per interval. Pure.
///
/// @param full when the whole burst may be used again; null when it may be now
record Pace(@Nullable Instant full) {

  /// Nothing sent lately.
  static final Pace FRESH = new Pace(null);

  /// When the next message may start.
  Instant nextTime(@Nullable RecipientLimit limit, Instant now) {
    if (limit == null || full == null) {
      return now;
    }
    Duration room = limit.interval().multipliedBy(limit.burst() - 1L);
    Instant next = full.minus(room);
    return next.isAfter(now) ? next : now;
  }

  /// After a message has started.
  Pace taken(@Nullable RecipientLimit limit, Instant now) {
    if (limit == null) {
      return FRESH;
    }
    Instant from = full == null || full.isBefore(now) ? now : full;
    return new Pace(from.plus(limit.interval()));
  }

  /// Whether it may be forgotten.
  boolean isFresh(Instant now) {
    return full == null || !full.isAfter(now);
  }
}
