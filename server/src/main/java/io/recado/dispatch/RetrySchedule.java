package io.recado.dispatch;

import io.recado.channel.Channel.InDoubt;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.connector.SendOutcome.Scope;
import io.recado.message.Failure;
import io.recado.message.OutboxRow;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of a message after an attempt. Pure but for the random generator that it is
/// given.
///
/// Retries follow with full jitter, from 1 s doubling to 5 min, until the time to live; being
/// throttled uses up no attempt.
public final class RetrySchedule {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration THROTTLED = Duration.ofSeconds(30);

  private final RandomGenerator random;

  /// A schedule with its source of jitter; used by one thread at a time.
  public RetrySchedule(RandomGenerator random) {
    this.random = random;
  }

  /// What comes next.
  ///
  /// @param row as it was when the attempt started
  /// @param inDoubt the channel's policy
  public Next after(SendOutcome outcome, OutboxRow row, InDoubt inDoubt, Instant now) {
    return switch (outcome) {
      case SendOutcome.Accepted accepted when accepted.held() ->
          new Next.Awaited(row.awaitingReceipt(OutboxRow.State.HELD, row.expireTime()));
      case SendOutcome.Accepted _ -> new Next.Sent();
      case SendOutcome.Refused(Reason reason, var answer) ->
          new Next.Failed(new Failure(reason, answer));
      case SendOutcome.RetryLater later -> retry(later, row, now);
      case SendOutcome.Throttled throttled -> throttle(throttled, row, now);
      // The channel is parked as a whole; the message is due as soon as it is mended.
      case SendOutcome.ChannelBroken(Reason reason, _) ->
          new Next.Again(row.waiting(row.spent(), 0, now, reason.name()));
      case SendOutcome.InDoubt _ ->
          new Next.Awaited(
              row.awaitingReceipt(OutboxRow.State.IN_DOUBT, now.plus(inDoubt.window())));
    };
  }

  /// What comes when no receipt has settled a doubt in time.
  public static Next afterDoubt(OutboxRow row, InDoubt inDoubt, Instant now) {
    if (row.state() == OutboxRow.State.IN_DOUBT && inDoubt.policy() == InDoubt.Policy.RESEND) {
      return new Next.Again(row.waiting(row.spent(), 0, now, Reason.OUTCOME_UNKNOWN.name()));
    }
    Reason reason = row.state() == OutboxRow.State.HELD ? Reason.EXPIRED : Reason.OUTCOME_UNKNOWN;
    return new Next.Failed(Failure.of(reason));
  }

  private Next retry(SendOutcome.RetryLater later, OutboxRow row, Instant now) {
    int spent = row.spent() + 1;
    if (later.maxAttempts() > 0 && spent >= later.maxAttempts()) {
      return new Next.Failed(new Failure(later.reason(), later.answer()));
    }
    Duration most = FIRST.multipliedBy(1L << Math.min(spent - 1, 20));
    Instant due =
        due(
            jitter(Duration.ZERO, most.compareTo(LONGEST) > 0 ? LONGEST : most),
            later.notBefore(),
            now);
    return new Next.Again(row.waiting(spent, 0, earlier(due, row), later.reason().name()));
  }

  private Next throttle(SendOutcome.Throttled throttled, OutboxRow row, Instant now) {
    int times = row.throttled() + 1;
    boolean isPair = throttled.scope() == Scope.RECIPIENT;
    // The pair limit: 4^n seconds. Source: Meta, message throughput, "pair rate limits".
    Duration wait =
        isPair ? Duration.ofSeconds(1L << Math.min(2 * (times - 1), 12)) : jitter(FIRST, THROTTLED);
    Instant due = due(wait, throttled.notBefore(), now);
    String reason = (isPair ? Reason.RECIPIENT_BUSY : Reason.THROTTLED).name();
    return new Next.Again(row.waiting(row.spent(), times, earlier(due, row), reason));
  }

  /// At the end of its time to live it is looked at once more, and given up.
  private static Instant earlier(Instant due, OutboxRow row) {
    return due.isBefore(row.expireTime()) ? due : row.expireTime();
  }

  private static Instant due(Duration wait, @Nullable Instant notBefore, Instant now) {
    Instant due = now.plus(wait);
    return notBefore != null && notBefore.isAfter(due) ? notBefore : due;
  }

  private Duration jitter(Duration least, Duration most) {
    long range = Math.max(1, most.toMillis() - least.toMillis());
    return least.plusMillis(random.nextLong(range));
  }
}
