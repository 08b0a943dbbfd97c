package io.recado.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.InDoubt.Policy;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.connector.SendOutcome.Scope;
import io.recado.message.Failure;
import io.recado.message.OutboxRow;
import io.recado.message.OutboxRow.State;
import io.recado.message.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {

  private static final Instant NOW = DispatchWorld.START;
  private static final Instant EXPIRE = NOW.plus(Duration.ofDays(1));
  private static final ProviderAnswer ANSWER = new ProviderAnswer(500, "1", "no");
  private static final OutboxRow STARTED =
      OutboxRow.first(0, NOW, EXPIRE, Priority.HIGH).started(NOW);

  private final RetrySchedule schedule = new RetrySchedule(new Random(1));

  private Next after(SendOutcome outcome, OutboxRow row) {
    return schedule.after(outcome, row, InDoubt.DEFAULT, NOW);
  }

  private OutboxRow again(SendOutcome outcome, OutboxRow row) {
    return ((Next.Again) after(outcome, row)).row();
  }

  private static OutboxRow spent(int spent, int throttled) {
    return STARTED.waiting(spent, throttled, NOW, null).started(NOW);
  }

  private static SendOutcome.RetryLater later(@Nullable Instant notBefore, int most) {
    return new SendOutcome.RetryLater(Reason.PROVIDER_UNAVAILABLE, ANSWER, notBefore, most);
  }

  private static SendOutcome.Throttled throttled(Scope scope, @Nullable Instant notBefore) {
    return new SendOutcome.Throttled(scope, ANSWER, notBefore);
  }

  @Test
  void whatIsAcceptedIsSentAndWhatIsRefusedHasFailed() {
    assertThat(after(new SendOutcome.Accepted("m", null, false, ANSWER), STARTED))
        .isEqualTo(new Next.Sent());
    assertThat(after(new SendOutcome.Refused(Reason.CONTENT_REFUSED, ANSWER), STARTED))
        .isEqualTo(new Next.Failed(new Failure(Reason.CONTENT_REFUSED, ANSWER)));
  }

  @Test
  void whatIsHeldBackIsAwaitedToTheEndOfItsTime() {
    assertThat(after(new SendOutcome.Accepted("m", null, true, ANSWER), STARTED))
        .isEqualTo(new Next.Awaited(STARTED.awaitingReceipt(State.HELD, EXPIRE)));
  }

  @Test
  void aDoubtIsAwaitedForTheChannelsWindow() {
    assertThat(after(new SendOutcome.InDoubt("reset", ANSWER), STARTED))
        .isEqualTo(new Next.Awaited(STARTED.awaitingReceipt(State.IN_DOUBT, NOW.plusSeconds(60))));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "2, 4", "7, 128", "8, 256", "9, 300", "62, 300", "100000, 300"})
  void retriesHaveFullJitterOfTwiceAsMuchEachTimeUpToFiveMinutes(int spent, long seconds) {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 2_000; i++) {
      OutboxRow row = again(later(null, 0), spent(spent, 3));
      long wait = Duration.between(NOW, row.dueTime()).toMillis();
      least = Math.min(least, wait);
      most = Math.max(most, wait);
      assertThat(row.spent()).isEqualTo(spent + 1);
      assertThat(row.throttled()).isZero();
      assertThat(row.state()).isEqualTo(State.WAITING);
    }
    assertThat(least).isBetween(0L, seconds * 20);
    assertThat(most).isBetween(seconds * 980, seconds * 1_000);
  }

  @Test
  void aRetryIsNeverBeforeTheProvidersTimeNorAfterTheTimeToLive() {
    Instant named = NOW.plusSeconds(3_600);
    assertThat(again(later(named, 0), STARTED).dueTime()).isEqualTo(named);
    Instant late = EXPIRE.plusSeconds(1);
    assertThat(again(later(late, 0), STARTED).dueTime()).isEqualTo(EXPIRE);
    assertThat(again(throttled(Scope.CHANNEL, late), STARTED).dueTime()).isEqualTo(EXPIRE);
  }

  @Test
  void aFaultThatIsWorthSoManyAttemptsFailsAtTheLastOfThem() {
    assertThat(after(later(null, 3), spent(1, 0))).isInstanceOf(Next.Again.class);
    assertThat(after(later(null, 3), spent(2, 0)))
        .isEqualTo(new Next.Failed(new Failure(Reason.PROVIDER_UNAVAILABLE, ANSWER)));
  }

  @Test
  void beingThrottledUsesUpNoAttempt() {
    for (Scope scope : Scope.values()) {
      OutboxRow row = again(throttled(scope, null), spent(4, 2));
      assertThat(row.spent()).isEqualTo(4);
      assertThat(row.throttled()).isEqualTo(3);
    }
  }

  @Test
  void aThrottledMessageIsDueAfterOneToThirtySeconds() {
    for (int i = 0; i < 500; i++) {
      Instant due = again(throttled(Scope.CHANNEL, null), STARTED).dueTime();
      assertThat(due).isBetween(NOW.plusSeconds(1), NOW.plusSeconds(30));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 4", "2, 16", "3, 64", "4, 256", "6, 4096", "50, 4096"})
  void onePersonsThrottleQuadruples(int throttled, long seconds) {
    OutboxRow row = again(throttled(Scope.RECIPIENT, null), spent(0, throttled));
    assertThat(row.dueTime()).isEqualTo(NOW.plusSeconds(seconds));
    assertThat(row.waitReason()).isEqualTo("RECIPIENT_BUSY");
  }

  @Test
  void aBrokenChannelLeavesTheMessageDueAtOnce() {
    OutboxRow row =
        again(new SendOutcome.ChannelBroken(Reason.CREDENTIALS_INVALID, ANSWER), spent(2, 1));
    assertThat(row.dueTime()).isEqualTo(NOW);
    assertThat(row.spent()).isEqualTo(2);
    assertThat(row.waitReason()).isEqualTo("CREDENTIALS_INVALID");
  }

  @Test
  void aDoubtThatNothingSettledFollowsThePolicyAndWhatWasHeldBackHasExpired() {
    OutboxRow doubt = STARTED.awaitingReceipt(State.IN_DOUBT, NOW);
    var resend = new InDoubt(Policy.RESEND, Duration.ofSeconds(60), Duration.ofSeconds(5));
    assertThat(RetrySchedule.afterDoubt(doubt, InDoubt.DEFAULT, NOW))
        .isEqualTo(new Next.Failed(Failure.of(Reason.OUTCOME_UNKNOWN)));
    var again = (Next.Again) RetrySchedule.afterDoubt(doubt, resend, NOW);
    assertThat(again.row().state()).isEqualTo(State.WAITING);
    assertThat(again.row().dueTime()).isEqualTo(NOW);
    assertThat(again.row().attempt()).isEqualTo(1);
    OutboxRow held = STARTED.awaitingReceipt(State.HELD, NOW);
    assertThat(RetrySchedule.afterDoubt(held, resend, NOW))
        .isEqualTo(new Next.Failed(Failure.of(Reason.EXPIRED)));
  }
}
