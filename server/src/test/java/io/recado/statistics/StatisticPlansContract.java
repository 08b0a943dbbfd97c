package io.recado.statistics;

import static io.recado.statistics.CountedLog.NOON;

import io.recado.journal.Dialect;
import io.recado.journal.PlanBench;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// How counts are found and made on every database: never by reading a table, never by sorting more
/// than a page of the log.
interface StatisticPlansContract {

  Dialect engine();

  @Test
  default void countingFollowsTheLogAndTheMessagesIds() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      var tallies = new Tallies();
      tallies.add(1, NOON, Measure.SENT, "", 1);
      bench
          .run(r -> StatisticStore.steps(r, 1, 100, 1_100))
          .assertUses("message_by_id")
          .write(new AddTallies(1, 0, 100, tallies.all()))
          .allowSorting("e.position > ? AND e.position <= ?")
          .assertIndexed();
    }
  }

  @Test
  default void theHoursOfAChannelFollowItsKey() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      bench.run(r -> StatisticStore.hours(r, 1, 1, NOON, NOON.plusSeconds(3_600))).assertIndexed();
    }
  }
}
