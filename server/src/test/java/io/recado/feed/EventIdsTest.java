package io.recado.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.journal.Dialect;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdsTest {

  private final EventIds ids = new EventIds(0x69cf9b20L);

  @Test
  void anIdStandsForItsPosition() {
    assertThat(ids.text(17)).isEqualTo("evt_69cf9b200000000000000011");
    for (long position : List.of(0L, 1L, 1L << 40, Long.MAX_VALUE)) {
      assertThat(ids.position(ids.text(position))).hasValue(position);
    }
  }

  @Test
  void laterIdsAreGreaterTextsAlsoInALaterLog() {
    assertThat(ids.text(9)).isLessThan(ids.text(10)).isLessThan(ids.text(1L << 50));
    assertThat(new EventIds(0x69cf9b21L).text(1)).isGreaterThan(ids.text(1L << 50));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evt_",
        "evt_69cf9b20000000000000001",
        "evt_69cf9b2000000000000000111",
        "evt_69CF9B200000000000000011",
        "evt_69cf9b20f000000000000011",
        "msg_69cf9b200000000000000011",
        "evt_69cf9b20000000000000001g",
        "evt_69cf9b200000000000000011\n"
      })
  void whatHasAnotherFormIsNoId(String text) {
    assertThat(EventIds.isId(text)).isFalse();
    assertThat(ids.position(text)).isEmpty();
  }

  @Test
  void anIdOfAnotherLogStandsForNothing() {
    String other = new EventIds(0x69cf9b21L).text(17);
    assertThat(EventIds.isId(other)).isTrue();
    assertThat(ids.position(other)).isEmpty();
  }

  @Test
  void aDatabaseKeepsTheEpochThatItBeganWith() {
    try (var bench = new FeedBench(Dialect.SQLITE)) {
      var server = bench.delivery.server;
      server.clock.advance(Duration.ofDays(9));
      assertThat(EventIds.open(server.journal, server.clock.instant())).isEqualTo(bench.ids);
    }
  }
}
