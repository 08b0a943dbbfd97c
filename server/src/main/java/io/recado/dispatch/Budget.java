package io.recado.dispatch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How many sends of a channel may start per second. Pure; for one thread.
///
/// A token bucket at the provider's rate. Being throttled cuts the rate, at most once a second, to
/// 0.95 of what was accepted in the last second, to half when nothing was; it then climbs by 1 % a
/// second. The channel stands still only when the provider says until when.
public final class Budget {

  private static final double FLOOR = 1;
  private static final double CLIMB = 0.01;
  private static final Duration SECOND = Duration.ofSeconds(1);

  // So much of a second's worth may start at once, and is missing from the steady flow: what starts
  // within any second then keeps to the rate.
  private static final double AT_ONCE = 0.02;

  private double limit;
  private double rate;
  private double tokens;
  private @Nullable Instant filled;
  private @Nullable Instant cut;
  private @Nullable Instant standUntil;
  private @Nullable Instant second;
  private int acceptedNow;
  private int acceptedBefore;

  /// A full bucket.
  ///
  /// @param perSecond null when there is no limit
  public Budget(@Nullable Integer perSecond) {
    limit = perSecond == null ? Double.POSITIVE_INFINITY : perSecond;
    rate = limit;
    tokens = burst();
  }

  /// Another limit; a rate that was cut stays cut.
  public void limit(@Nullable Integer perSecond) {
    double before = limit;
    limit = perSecond == null ? Double.POSITIVE_INFINITY : perSecond;
    rate = rate == before ? limit : Math.min(rate, limit);
    tokens = Math.min(tokens, burst());
  }

  /// Takes the start of one send; false when none may start now.
  public boolean tryTake(Instant now) {
    fill(now);
    if (standUntil != null && now.isBefore(standUntil) || tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /// When the next send may start; not before `now`.
  public Instant nextTime(Instant now) {
    fill(now);
    Instant next = now;
    if (tokens < 1) {
      next = now.plusNanos((long) Math.ceil((1 - tokens) / flow() * 1e9));
    }
    return standUntil != null && standUntil.isAfter(next) ? standUntil : next;
  }

  /// A send was accepted.
  public void accepted(Instant now) {
    turn(now);
    acceptedNow++;
  }

  /// A send was refused because of too many.
  ///
  /// @param notBefore until when the provider wants none; null when it did not say
  public void throttled(Instant now, @Nullable Instant notBefore) {
    turn(now);
    if (notBefore != null && (standUntil == null || notBefore.isAfter(standUntil))) {
      standUntil = notBefore;
    }
    if (cut == null || isOver(cut, now)) {
      int lately = Math.max(acceptedNow, acceptedBefore);
      double known = Double.isInfinite(rate) ? Math.max(2 * FLOOR, 2.0 * lately) : rate;
      rate = Math.max(FLOOR, lately > 0 ? Math.min(known, 0.95 * lately) : known / 2);
      tokens = Math.min(tokens, burst());
      cut = now;
    }
  }

  /// The starts per second that are allowed now.
  public double rate() {
    return rate;
  }

  private void fill(Instant now) {
    if (filled == null || now.isBefore(filled)) {
      filled = now;
      return;
    }
    double seconds = Duration.between(filled, now).toNanos() / 1e9;
    filled = now;
    if (rate < limit) {
      rate = Math.min(limit, rate * Math.pow(1 + CLIMB, seconds));
    }
    tokens = Double.isInfinite(rate) ? burst() : Math.min(burst(), tokens + seconds * flow());
  }

  private double burst() {
    return Double.isInfinite(rate) ? Double.MAX_VALUE : 1 + AT_ONCE * rate;
  }

  private double flow() {
    return (1 - AT_ONCE) * rate;
  }

  /// Whether a second that began at `start` is over; so it is when the clock was set back.
  private static boolean isOver(Instant start, Instant now) {
    return now.isBefore(start) || !now.isBefore(start.plus(SECOND));
  }

  private void turn(Instant now) {
    if (second == null || isOver(second, now)) {
      boolean follows =
          second != null
              && !now.isBefore(second)
              && now.isBefore(second.plus(SECOND.multipliedBy(2)));
      acceptedBefore = follows ? acceptedNow : 0;
      acceptedNow = 0;
      second = now;
    }
  }
}
