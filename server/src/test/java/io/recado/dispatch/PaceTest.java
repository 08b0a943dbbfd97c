package io.recado.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.channel.Channel.RecipientLimit;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Instant START = DispatchWorld.START;
  private static final RecipientLimit LIMIT = new RecipientLimit(3, Duration.ofSeconds(6));

  private static Pace taken(int times) {
    Pace pace = Pace.FRESH;
    for (int i = 0; i < times; i++) {
      pace = pace.taken(LIMIT, START);
    }
    return pace;
  }

  @Test
  void aBurstMayGoAtOnceAndThenOnePerInterval() {
    assertThat(Pace.FRESH.nextTime(LIMIT, START)).isEqualTo(START);
    assertThat(taken(2).nextTime(LIMIT, START)).isEqualTo(START);
    assertThat(taken(3).nextTime(LIMIT, START)).isEqualTo(START.plusSeconds(6));
    assertThat(taken(4).nextTime(LIMIT, START)).isEqualTo(START.plusSeconds(12));
  }

  @Test
  void eachIntervalGivesOneBackUpToTheBurst() {
    Pace pace = taken(3);
    assertThat(pace.isFresh(START.plusSeconds(18).minusMillis(1))).isFalse();
    assertThat(pace.isFresh(START.plusSeconds(18))).isTrue();
    Instant later = START.plusSeconds(3_600);
    Pace again = pace.taken(LIMIT, later).taken(LIMIT, later);
    assertThat(again.nextTime(LIMIT, later)).isEqualTo(later);
    assertThat(again.taken(LIMIT, later).nextTime(LIMIT, later)).isEqualTo(later.plusSeconds(6));
  }

  @Test
  void aLimitThatIsLiftedHoldsNothingBack() {
    assertThat(taken(10).nextTime(null, START)).isEqualTo(START);
    assertThat(taken(10).taken(null, START)).isEqualTo(Pace.FRESH);
  }

  @Test
  void aBurstOfOneIsOnePerInterval() {
    var one = new RecipientLimit(1, Duration.ofSeconds(6));
    assertThat(Pace.FRESH.taken(one, START).nextTime(one, START)).isEqualTo(START.plusSeconds(6));
  }
}
