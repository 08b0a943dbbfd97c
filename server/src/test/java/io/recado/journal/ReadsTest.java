package io.recado.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.recado.testing.TestDatabase;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadsTest {

  @Test
  void onlyTheStatementsUsedLastStayPrepared() throws Exception {
    try (var database = TestDatabase.sqlite();
        var connection = database.database().openReader()) {
      var reads = new Reads(connection, Dialect.SQLITE);
      PreparedStatement always = reads.statement("SELECT -1");
      PreparedStatement first = reads.statement("SELECT 0");
      List<Long> numbers = LongStream.range(0, 2_000).boxed().toList();

      assertThat(numbers)
          .allSatisfy(
              number -> {
                assertThat(one(reads, "SELECT " + number)).isEqualTo(number);
                assertThat(one(reads, "SELECT -1")).isEqualTo(-1);
              });

      assertThat(reads.statements()).hasSize(Reads.MOST_STATEMENTS);
      assertThat(first.isClosed()).isTrue();
      assertThat(always.isClosed()).isFalse();
      assertThat(one(reads, "SELECT 0")).isZero();
    }
  }

  @Test
  void theJournalsWriterNeverWaitsForAQuery() throws Exception {
    try (var bench = JournalBench.on(Dialect.SQLITE)) {
      var failure = new CompletableFuture<Throwable>();
      bench.journal.commit(
          Change.of(
              tx -> {
                tx.afterCommit(
                    () ->
                        failure.complete(
                            catchThrowable(
                                () -> bench.reads.read(reads -> one(reads, "SELECT 1")))));
                return null;
              }));

      assertThat(failure.get(5, TimeUnit.SECONDS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("must not wait");
      assertThat(bench.reads.<Long>read(reads -> one(reads, "SELECT 1"))).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void eachOfManyKeysIsLookedUpAndReadOnce(Dialect engine) throws Exception {
    try (var database = TestDatabase.on(engine)) {
      try (var writer = database.database().openWriter();
          var insert = writer.prepareStatement("INSERT INTO log_head VALUES (?, ?)")) {
        for (long key = 0; key < 200; key += 2) {
          insert.setLong(1, key);
          insert.setLong(2, -key);
          insert.addBatch();
        }
        insert.executeBatch();
        writer.commit();
      }
      try (var connection = database.database().openReader()) {
        var reads = new Reads(connection, engine);
        for (long count : new long[] {0, 1, 2, 8, 9, 64, 65, 137}) {
          List<Long> keys = LongStream.range(0, count).boxed().toList();
          assertThat(
                  reads.queryEach(
                      "SELECT position FROM log_head WHERE workspace_key = ?",
                      keys,
                      (binds, key) -> binds.number(key),
                      Row::number))
              .as(count + " keys")
              .containsExactlyInAnyOrderElementsOf(
                  keys.stream().filter(key -> key % 2 == 0).map(key -> -key).toList());
        }
      }
    }
  }

  private static long one(Reads reads, String sql) {
    return reads.find(sql, Binds.Binder.NONE, Row::number).orElseThrow();
  }
}
