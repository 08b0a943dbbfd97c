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

  private static long one(Reads reads, String sql) {
    return reads.find(sql, Binds.Binder.NONE, Row::number).orElseThrow();
  }
}
