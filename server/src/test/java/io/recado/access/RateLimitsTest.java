package io.recado.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

  private final SettableClock clock = SettableClock.standing();
  private final RateLimits limits = new RateLimits(clock::nanos);

  @Test
  void aKeyWithoutALimitIsNeverHeldUpAndToldNothing() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(limits.admit(caller(1, null))).isEmpty();
    }
  }

  @Test
  void theRequestsOfOneSecondMayComeAtOnceAndNoMore() {
    Caller caller = caller(1, 5);
    for (int left = 4; left >= 0; left--) {
      assertThat(limits.admit(caller))
          .isEqualTo(
              Map.of(
                  "RateLimit-Policy",
                  "\"key\";q=5;w=1",
                  "RateLimit",
                  "\"key\";r=" + left + ";t=1"));
    }
    assertThatThrownBy(() -> limits.admit(caller))
        .isInstanceOfSatisfying(
            ApiError.class,
            e -> {
              assertThat(e.reason()).isEqualTo(ErrorReason.RATE_LIMITED);
              assertThat(e.retryAfter()).isEqualTo(Duration.ofMillis(200));
            });
  }

  @Test
  void requestsAreAdmittedAgainAsTimePasses() {
    Caller caller = caller(1, 5);
    assertThat(admitted(caller, 20)).isEqualTo(5);
    clock.advance(Duration.ofMillis(199));
    assertThat(admitted(caller, 20)).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(admitted(caller, 20)).isEqualTo(1);
    clock.advance(Duration.ofMinutes(5));
    assertThat(admitted(caller, 20)).isEqualTo(5);
  }

  @Test
  void aRefusedRequestCostsNothing() {
    Caller caller = caller(1, 1);
    assertThat(admitted(caller, 1_000)).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(admitted(caller, 1)).isEqualTo(1);
  }

  @Test
  void overTimeExactlyTheRateIsAdmitted() {
    for (int rate : new int[] {1, 3, 7, 100, 9_999, 10_000, 100_000}) {
      Caller caller = caller(rate, rate);
      admitted(caller, rate);
      int admitted = 0;
      for (int i = 0; i < 1_000; i++) {
        clock.advance(Duration.ofMillis(10));
        admitted += admitted(caller, rate / 50 + 1);
      }
      assertThat(admitted).as("at %d a second", rate).isBetween(10 * rate - 1, 10 * rate + 1);
    }
  }

  @Test
  void eachKeyHasItsOwnLimit() {
    assertThat(admitted(caller(1, 2), 10)).isEqualTo(2);
    assertThat(admitted(caller(2, 3), 10)).isEqualTo(3);
  }

  private int admitted(Caller caller, int requests) {
    int admitted = 0;
    for (int i = 0; i < requests; i++) {
      try {
        limits.admit(caller);
        admitted++;
      } catch (ApiError _) {
        // Counted by its absence.
      }
    }
    return admitted;
  }

  private static Caller caller(int key, Integer requestsPerSecond) {
    return new Caller(1, new Id(key, key), Role.ADMIN, Set.of(), requestsPerSecond);
  }
}
