package io.recado.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.journal.Id;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionTest {

  private static final Instant MADE = Instant.parse("2026-04-03T10:00:00Z");

  @Test
  void itEndsTwelveHoursAfterItsLastUse() {
    Session session = used(Duration.ofHours(20));
    assertThat(session.endTime()).isEqualTo(MADE.plus(Duration.ofHours(32)));
    assertThat(session.hasEnded(session.endTime().minusMillis(1))).isFalse();
    assertThat(session.hasEnded(session.endTime())).isTrue();
  }

  @Test
  void itEndsSevenDaysAfterTheSignInHoweverMuchItIsUsed() {
    Session session = used(Duration.ofDays(7).minusMinutes(1));
    assertThat(session.endTime()).isEqualTo(MADE.plus(Duration.ofDays(7)));
  }

  private static Session used(Duration later) {
    return new Session(1, new Id(1, 1), MADE, MADE.plus(later));
  }
}
