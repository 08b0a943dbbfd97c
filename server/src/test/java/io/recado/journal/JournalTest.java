package io.recado.journal;

import static io.recado.journal.JournalContract.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.journal.LosingProxy.Loss;
import io.recado.journal.StorageException.Kind;
import io.recado.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalTest {

  @Nested
  class OnSqlite implements JournalContract {

    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }

    @Test
    void aFullDiskFailsTheGroupAndTheJournalGoesOnWhenThereIsRoom() {
      try (var bench = JournalBench.on(Dialect.SQLITE)) {
        bench.journal.commit(Change.fact("before"));
        bench.journal.commit(pages("page_count + 3"));
        Change<String> large = Change.of(tx -> insert(tx, "large", 1 << 20));
        assertThatThrownBy(() -> bench.journal.commit(large))
            .isInstanceOfSatisfying(
                StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FULL));
        assertThat(bench.hasFact("large")).isFalse();
        bench.journal.commit(pages("1000000"));
        assertThat(bench.journal.commit(large)).isEqualTo("large");
        assertThat(bench.hasFact("before")).isTrue();
      }
    }

    private static Change<Long> pages(String limit) {
      return Change.of(
          tx -> {
            long count = tx.query("PRAGMA page_count", Binds.Binder.NONE, Row::number).getFirst();
            long most = limit.startsWith("page_count") ? count + 3 : Long.parseLong(limit);
            return tx.query("PRAGMA max_page_count = " + most, Binds.Binder.NONE, Row::number)
                .getFirst();
          });
    }

    private static String insert(Tx tx, String name, int bytes) {
      tx.update(
          "INSERT INTO server_fact (name, value) VALUES (?, ?)",
          binds -> binds.text(name).bytes(new byte[bytes]));
      return name;
    }
  }

  @Nested
  class OnPostgresql implements JournalContract {

    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }

    @Test
    void aFullDiskFailsTheGroupAndTheJournalGoesOn() {
      try (var bench = JournalBench.on(Dialect.POSTGRESQL)) {
        Change<String> full =
            Change.of(
                tx -> {
                  Change.insert(tx, "full");
                  tx.update(
                      "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$",
                      Binds.Binder.NONE);
                  return "full";
                });
        assertThatThrownBy(() -> bench.journal.commit(full))
            .isInstanceOfSatisfying(
                StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FULL));
        assertThat(bench.hasFact("full")).isFalse();
        assertThat(bench.journal.commit(Change.fact("after"))).isEqualTo("after");
      }
    }

    @Test
    void twoGroupsInEachOthersWayAreBothCommittedInTheEnd() throws Exception {
      try (var bench = JournalBench.on(Dialect.POSTGRESQL)) {
        bench.journal.commit(Change.fact("x"));
        bench.journal.commit(Change.fact("y"));
        List<Long> lanes = lanesOfTwoWriters(bench);
        var both = new CountDownLatch(2);
        var applied = new AtomicInteger();
        Future<String> first =
            bench.start(crossing("x", "y", both, applied).inLane(lanes.getFirst()));
        Future<String> second =
            bench.start(crossing("y", "x", both, applied).inLane(lanes.getLast()));
        assertThat(first.get()).isEqualTo("x");
        assertThat(second.get()).isEqualTo("y");
        assertThat(applied).hasValueGreaterThan(2);
        assertThat(length(bench, "x")).isEqualTo(3);
        assertThat(length(bench, "y")).isEqualTo(3);
      }
    }

    @ParameterizedTest
    @EnumSource(
        value = Loss.class,
        names = {"COMMIT", "ANSWER_TO_COMMIT"})
    void aGroupWhoseCommitWasLostIsAppliedExactlyOnce(Loss loss) throws Exception {
      TestDatabase test = TestDatabase.postgresql();
      try (var proxy = new LosingProxy(test.address());
          var bench = JournalBench.through(proxy, test)) {
        var armed = new AtomicBoolean();
        Change<String> lost =
            Change.of(
                tx -> {
                  if (armed.compareAndSet(false, true)) {
                    proxy.lose(loss);
                  }
                  grow(tx, "counter");
                  return "done";
                });
        Change<String> refusal =
            Change.of(
                _ -> {
                  throw new Refused();
                });
        bench.start(Change.fact("counter").inLane(2)).get();
        List<Future<String>> answers = bench.together(List.of(lost, refusal));
        assertThat(answers.get(0).get()).isEqualTo("done");
        assertFailure(answers.get(1)).isInstanceOf(Refused.class);
        assertThat(proxy.losses()).isEqualTo(1);
        assertThat(length(bench, "counter")).isEqualTo(2);
        assertThat(bench.journal.commit(Change.fact("after"))).isEqualTo("after");
      }
    }

    @Test
    void aConnectionThatWasCutIsReplacedWithoutACallerNoticing() {
      TestDatabase test = TestDatabase.postgresql();
      try (var proxy = new LosingProxy(test.address());
          var bench = JournalBench.through(proxy, test)) {
        bench.journal.commit(Change.fact("before"));
        proxy.cut();
        assertThat(bench.journal.commit(Change.fact("after"))).isEqualTo("after");
      }
    }

    @Test
    void anUnreachableDatabaseIsSaidToBeAwayAndServedAgainLater() {
      TestDatabase test = TestDatabase.postgresql();
      try (var proxy = new LosingProxy(test.address());
          var bench = JournalBench.through(proxy, test)) {
        bench.journal.commit(Change.fact("before"));
        proxy.refuse(true);
        proxy.cut();
        assertThatThrownBy(() -> bench.journal.commit(Change.fact("lost")))
            .isInstanceOfSatisfying(
                StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        proxy.refuse(false);
        assertThat(bench.journal.commit(Change.fact("after"))).isEqualTo("after");
        assertThat(bench.hasFact("lost")).isFalse();
      }
    }

    @Test
    void whoeverKeepsAPictureLooksAgainAfterACommitThatNobodyKnowsOf() {
      TestDatabase test = TestDatabase.postgresql();
      var told = new AtomicInteger();
      try (var proxy = new LosingProxy(test.address());
          var bench = JournalBench.through(proxy, test, new Unpausing())) {
        bench.journal.whenMissed(told::incrementAndGet);
        bench.journal.commit(Change.fact("before"));
        assertThat(told).hasValue(0);
        Change<String> lost =
            Change.of(
                tx -> {
                  proxy.lose(Loss.ANSWER_TO_COMMIT);
                  proxy.refuse(true);
                  return Change.insert(tx, "lost");
                });
        assertThatThrownBy(() -> bench.journal.commit(lost))
            .isInstanceOfSatisfying(
                StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThat(told).hasValue(1);
        assertThat(bench.hasFact("lost")).isTrue();
      }
    }

    /// Asks a database that is away again at once.
    private static final class Unpausing implements Threads {
      @Override
      public void pause(long millis) {
        Thread.onSpinWait();
      }
    }

    private static Change<String> crossing(
        String first, String then, CountDownLatch both, AtomicInteger applied) {
      return Change.of(
          tx -> {
            applied.incrementAndGet();
            grow(tx, first);
            both.countDown();
            JournalBench.await(both);
            grow(tx, then);
            return first;
          });
    }

    private static void grow(Tx tx, String name) {
      tx.update(
          "UPDATE server_fact SET value = value || '\\x00'::bytea WHERE name = ?",
          binds -> binds.text(name));
    }

    private static long length(JournalBench bench, String name) {
      return bench.reads.read(
          database ->
              database
                  .query(
                      "SELECT length(value) FROM server_fact WHERE name = ?",
                      binds -> binds.text(name),
                      Row::number)
                  .getFirst());
    }

    private static List<Long> lanesOfTwoWriters(JournalBench bench) {
      Change<String> writer = Change.of(_ -> Thread.currentThread().getName());
      String first = bench.journal.commit(writer.inLane(1));
      long other =
          LongStream.range(2, 100)
              .filter(lane -> !bench.journal.commit(writer.inLane(lane)).equals(first))
              .findFirst()
              .orElseThrow();
      return List.of(1L, other);
    }
  }
}
