package io.recado.statistics;

import static io.recado.statistics.CountedLog.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.recado.event.EventType;
import io.recado.journal.Dialect;
import io.recado.json.JsonObject;
import io.recado.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What is counted of the log, on both databases.
interface StatisticsContract {

  Dialect engine();

  @Test
  default void everyStepOfAMessageIsCountedForItsChannelAndForAll() {
    try (var log = new CountedLog(engine())) {
      log.accept(1, NOON).sent(after(120)).delivered(after(1_500)).read(after(61_500));
      log.accept(2, NOON).sent(after(130));
      log.statistics.count();

      assertThat(log.counted(1))
          .containsOnly(
              entry("12:00 ACCEPTED", 1L),
              entry("12:00 SENT", 1L),
              entry("12:00 DELIVERED", 1L),
              entry("12:00 READ", 1L),
              entry("12:00 ACCEPTED_TO_SENT 120", 1L),
              entry("12:00 SENT_TO_DELIVERED 1300", 1L),
              entry("12:00 DELIVERED_TO_READ 60000", 1L));
      assertThat(log.counted(Tallies.ALL_CHANNELS))
          .containsEntry("12:00 ACCEPTED", 2L)
          .containsEntry("12:00 ACCEPTED_TO_SENT 130", 1L)
          .containsEntry("12:00 READ", 1L);
    }
  }

  @Test
  default void aStepIsCountedInTheHourInWhichItHappenedHoweverLateItIsHeardOf() {
    try (var log = new CountedLog(engine())) {
      var message = log.accept(1, NOON.minusMillis(1)).sent(NOON);
      log.accept(1, NOON.plus(Duration.ofHours(3)));
      log.statistics.count();
      message.delivered(NOON.plus(Duration.ofHours(1)));
      log.statistics.count();

      assertThat(log.counted(1))
          .contains(
              entry("11:00 ACCEPTED", 1L),
              entry("12:00 SENT", 1L),
              entry("13:00 DELIVERED", 1L),
              entry("15:00 ACCEPTED", 1L));
    }
  }

  @Test
  default void failuresAreCountedByTheirReason() {
    try (var log = new CountedLog(engine())) {
      log.accept(1, NOON).failed(NOON, "RECIPIENT_UNREACHABLE");
      log.accept(1, NOON).failed(NOON, "EXPIRED");
      log.accept(1, NOON).failed(NOON, "EXPIRED");
      log.statistics.count();

      assertThat(log.counted(1))
          .contains(
              entry("12:00 FAILED RECIPIENT_UNREACHABLE", 1L), entry("12:00 FAILED EXPIRED", 2L));
    }
  }

  @Test
  default void whatAPersonWritesIsCountedApartAndHowLongWeLeaveItUnreadIsNoLatency() {
    try (var log = new CountedLog(engine())) {
      log.receive(1, NOON).read(NOON.plusSeconds(90));
      log.statistics.count();

      assertThat(log.counted(1)).containsOnly(entry("12:00 RECEIVED", 1L), entry("12:00 SEEN", 1L));
    }
  }

  @Test
  default void aScheduledMessageIsNotSlow() {
    try (var log = new CountedLog(engine())) {
      log.schedule(1, NOON, NOON.plusSeconds(3_000)).sent(NOON.plusSeconds(3_001));
      log.statistics.count();

      assertThat(log.counted(1)).containsEntry("12:00 ACCEPTED_TO_SENT 1000", 1L);
    }
  }

  @Test
  default void theStepsOfAMessageThatIsGoneStillCount() {
    try (var log = new CountedLog(engine())) {
      log.accept(1, NOON).sent(after(50)).delivered(after(80)).erase();
      log.statistics.count();

      assertThat(log.counted(1))
          .containsOnly(
              entry("12:00 ACCEPTED", 1L), entry("12:00 SENT", 1L), entry("12:00 DELIVERED", 1L));
    }
  }

  @Test
  default void whatConcernsNoMessageIsPassedOver() {
    try (var log = new CountedLog(engine())) {
      log.server.call(
          "POST /v1/channels", "{'type': 'PIGEON', 'pigeon': {'ring': 'r', 'whistle': 'w'}}");
      log.statistics.count();

      assertThat(log.counted(Tallies.ALL_CHANNELS)).isEmpty();
      assertThat(log.server.reads.read(StatisticStore::behind)).isEmpty();
    }
  }

  @Test
  default void nothingIsCountedTwiceByAnotherRoundOrAfterARestart() {
    try (var log = new CountedLog(engine())) {
      log.accept(1, NOON);
      log.statistics.count();
      log.statistics.count();
      new Statistics(log.server.journal, log.server.reads).count();
      log.accept(1, NOON);
      new Statistics(log.server.journal, log.server.reads).count();

      assertThat(log.counted(1)).containsOnly(entry("12:00 ACCEPTED", 2L));
    }
  }

  @Test
  default void whatIsCountedAndHowFarAreStoredTogether() {
    try (var log = new CountedLog(engine())) {
      log.accept(1, NOON);
      log.statistics.count();
      log.accept(1, NOON);
      var tallies = new Tallies();
      tallies.add(1, NOON, Measure.ACCEPTED, "", 1);

      var stale = new AddTallies(TestServer.WORKSPACE, 0, 2, tallies.all());
      assertThat(log.server.journal.commit(stale)).isFalse();
      assertThat(log.counted(1)).containsOnly(entry("12:00 ACCEPTED", 1L));

      var next = new AddTallies(TestServer.WORKSPACE, 1, 2, tallies.all());
      assertThat(log.server.journal.commit(next)).isTrue();
      assertThat(log.server.journal.commit(next)).isFalse();
      log.statistics.count();
      assertThat(log.counted(1)).containsOnly(entry("12:00 ACCEPTED", 2L));
    }
  }

  @Test
  default void nodesThatCountTheSameLogWhileItGrowsCountEachEventOnce() throws Exception {
    int events = 3_000;
    try (var log = new CountedLog(engine());
        ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      var message = log.accept(1, NOON);
      Future<?> growing = nodes.submit(() -> append(log, message, events));
      var one = new Statistics(log.server.journal, log.server.reads);
      var other = new Statistics(log.server.journal, log.server.reads);
      Future<?> counting = nodes.submit(() -> countWhile(growing, other));
      countWhile(growing, one);
      counting.get();
      growing.get();
      one.count();

      assertThat(log.counted(1).get("12:00 RECEIVED")).isEqualTo(events);
    }
  }

  @Test
  default void aLongLogIsCountedInParts() {
    try (var log = new CountedLog(engine())) {
      var message = log.accept(1, NOON);
      append(log, message, 2_500);
      var statistics = new Statistics(log.server.journal, log.server.reads, 1_200);

      statistics.count();
      assertThat(log.counted(1).get("12:00 RECEIVED")).isEqualTo(1_199);
      statistics.count();
      statistics.count();
      assertThat(log.counted(1).get("12:00 RECEIVED")).isEqualTo(2_500);
    }
  }

  @Test
  default void aLogWhoseBeginningIsGoneIsCountedFromWhereItIs() {
    try (var log = new CountedLog(engine())) {
      log.accept(1, NOON);
      log.accept(1, NOON);
      log.commit(
          TestServer.WORKSPACE,
          tx -> tx.update("DELETE FROM event WHERE workspace_key = 1 AND position = 1", _ -> {}));
      log.statistics.count();

      assertThat(log.counted(1)).containsOnly(entry("12:00 ACCEPTED", 1L));
    }
  }

  private static Instant after(long millis) {
    return NOON.plusMillis(millis);
  }

  private static void countWhile(Future<?> running, Statistics statistics) {
    while (!running.isDone()) {
      statistics.count();
    }
  }

  private static void append(CountedLog log, CountedLog.Message message, int events) {
    int perWrite = 100;
    for (int i = 0; i < events / perWrite; i++) {
      log.commit(
          TestServer.WORKSPACE,
          tx -> {
            for (int j = 0; j < perWrite; j++) {
              CountedLog.append(tx, message, EventType.MESSAGE_RECEIVED, NOON, JsonObject.empty());
            }
          });
    }
  }
}
