package io.recado.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.retention.Retention.Periods;
import io.recado.testing.SettableClock;
import io.recado.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What is deleted, and what never is; on both databases.
interface RetentionContract {

  Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  Dialect engine();

  @Test
  default void whatIsOlderThanItsPeriodGoesAndTheRestStays() {
    try (var bench = new Bench(engine())) {
      bench.rows(1_200, NOW.minus(Duration.ofDays(8)));
      bench.rows(3, NOW.minus(Duration.ofDays(6)));

      long deleted = bench.retention(days(7), Optional.empty()).sweep();

      assertThat(deleted).isEqualTo(7 * 1_200);
      for (String table : Bench.TABLES) {
        assertThat(bench.count(table)).as(table).isEqualTo(3);
      }
    }
  }

  @Test
  default void aRoundWithNothingOldDeletesNothing() {
    try (var bench = new Bench(engine())) {
      bench.rows(5, NOW.minus(Duration.ofDays(1)));

      assertThat(bench.retention(days(7), days(30)).sweep()).isZero();
    }
  }

  @Test
  default void messagesAreKeptForEverUnlessAPeriodIsSet() {
    try (var bench = new Bench(engine())) {
      bench.message(NOW.minus(Duration.ofDays(4_000)), false);

      bench.retention(days(7), Optional.empty()).sweep();

      assertThat(bench.count("message")).isEqualTo(1);
    }
  }

  @Test
  default void anOldMessageThatIsStillToBeSentIsNeverDeleted() {
    try (var bench = new Bench(engine())) {
      bench.message(NOW.minus(Duration.ofDays(90)), true);
      bench.message(NOW.minus(Duration.ofDays(80)), false);
      bench.message(NOW.minus(Duration.ofDays(1)), false);

      assertThat(bench.retention(days(7), days(30)).sweep()).isEqualTo(1);

      assertThat(bench.count("message")).isEqualTo(2);
    }
  }

  @Test
  default void statisticsAreKeptForThirteenMonthsWhateverIsSet() {
    try (var bench = new Bench(engine())) {
      bench.statistics(1_100, NOW.minus(Duration.ofDays(401)));
      bench.statistics(2, NOW.minus(Duration.ofDays(399)));

      assertThat(bench.retention(days(7), Optional.empty()).sweep()).isEqualTo(1_100);

      assertThat(bench.count("statistic")).isEqualTo(2);
    }
  }

  static Optional<Duration> days(int days) {
    return Optional.of(Duration.ofDays(days));
  }

  /// A database with rows of chosen ages.
  final class Bench implements AutoCloseable {

    static final String[] TABLES = {
      "event", "attempt", "receipt", "raw_payload", "early_receipt", "idempotency_key", "session"
    };

    private final TestDatabase database;
    private final Journal journal;
    private final ReadPool reads;
    private final SettableClock clock = new SettableClock(NOW);
    private final Ids ids = new Ids(clock, new Random(7));
    private long next = 1;

    Bench(Dialect engine) {
      database = TestDatabase.on(engine);
      journal = new Journal(database.database(), (writes, nanos) -> {}, _ -> {});
      reads = new ReadPool(database.database(), 1);
      change(
          tx ->
              tx.update(
                  "INSERT INTO workspace (workspace_key, id, display_name, create_time)"
                      + " VALUES (1, ?, 'w', 0)",
                  binds -> binds.id(ids.next())));
    }

    Retention retention(Optional<Duration> most, Optional<Duration> messages) {
      return new Retention(
          journal, reads, clock, new Periods(messages, most, most, most, most.orElseThrow()));
    }

    /// One row in each table but the messages', `count` times.
    void rows(int count, Instant time) {
      change(
          tx -> {
            for (int i = 0; i < count; i++) {
              row(tx, next++, ids.at(time.toEpochMilli()), time);
            }
          });
    }

    /// Counts of so many channels in one hour.
    void statistics(int count, Instant hour) {
      change(
          tx -> {
            for (int i = 0; i < count; i++) {
              long channel = i;
              tx.batch(
                  "INSERT INTO statistic (workspace_key, channel_key, hour, measure, label, count)"
                      + " VALUES (1, ?, ?, 'SENT', '', 1)",
                  binds -> binds.number(channel).time(hour));
            }
          });
    }

    void message(Instant time, boolean waits) {
      long seq = next++;
      Id id = ids.at(time.toEpochMilli());
      change(
          tx -> {
            tx.update(
                "INSERT INTO message (workspace_key, channel_key, conversation_key, seq, id,"
                    + " direction, status, content_type, content, create_time, update_time)"
                    + " VALUES (1, 1, 1, ?, ?, 'OUTBOUND', 'SENT', 'TEXT', '{}', ?, 0)",
                binds -> binds.number(seq).id(id).time(time));
            if (waits) {
              tx.update(
                  "INSERT INTO outbox (workspace_key, channel_key, message_id, conversation_key,"
                      + " seq, previous_seq, state, attempt, spent, throttled, due_time,"
                      + " expire_time) VALUES (1, 1, ?, 1, ?, 0, 'WAITING', 0, 0, 0, 0, 0)",
                  binds -> binds.id(id).number(seq));
            }
          });
    }

    long count(String table) {
      return reads.read(
          r -> r.query("SELECT COUNT(*) FROM " + table, _ -> {}, Row::number).getFirst());
    }

    @Override
    public void close() {
      journal.close();
      reads.close();
      database.close();
    }

    private static void row(Tx tx, long number, Id id, Instant time) {
      tx.batch(
          "INSERT INTO event (workspace_key, position, type, time, change) VALUES (1, ?, 'X', ?,"
              + " '{}')",
          binds -> binds.number(number).time(time));
      tx.batch(
          "INSERT INTO attempt (workspace_key, message_id, piece, attempt, start_time, end_time,"
              + " outcome, http_status) VALUES (1, ?, 0, 1, ?, 0, 'ACCEPTED', 200)",
          binds -> binds.id(id).time(time));
      tx.batch(
          "INSERT INTO receipt (workspace_key, message_id, piece, status, time, provider_time)"
              + " VALUES (1, ?, 0, 'SENT', ?, 0)",
          binds -> binds.id(id).time(time));
      tx.batch(
          "INSERT INTO raw_payload (workspace_key, id, channel_key, time, payload)"
              + " VALUES (1, ?, 1, ?, ?)",
          binds -> binds.id(id).time(time).bytes(new byte[1]));
      tx.batch(
          "INSERT INTO early_receipt (workspace_key, channel_key, provider_message_id, status,"
              + " time, provider_time) VALUES (1, 1, ?, 'SENT', ?, 0)",
          binds -> binds.text(id.toString()).time(time));
      tx.batch(
          "INSERT INTO idempotency_key (workspace_key, hash, fingerprint, create_time)"
              + " VALUES (1, ?, ?, ?)",
          binds -> binds.bytes(id.bytes()).bytes(new byte[32]).time(time));
      tx.batch(
          "INSERT INTO session (hash, workspace_key, api_key, create_time, last_used_time)"
              + " VALUES (?, 1, ?, ?, 0)",
          binds -> binds.bytes(id.bytes()).id(id).time(time));
    }

    private void change(Consumer<Tx> change) {
      journal.commit(
          new Write<Boolean>() {
            @Override
            public long workspace() {
              return 1;
            }

            @Override
            public Boolean apply(Tx tx) {
              change.accept(tx);
              return true;
            }
          });
    }
  }
}
