package io.recado.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.journal.StorageException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;

/// What the journal promises on every database.
interface JournalContract {

  Dialect engine();

  @Test
  default void changesThatWaitTogetherAreCommittedTogether() throws Exception {
    try (var bench = JournalBench.on(engine())) {
      List<Change<String>> writes =
          IntStream.range(0, 100).mapToObj(i -> Change.fact("fact-" + i)).toList();
      List<Future<String>> answers = bench.together(writes);
      for (int i = 0; i < 100; i++) {
        assertThat(answers.get(i).get()).isEqualTo("fact-" + i);
      }
      JournalBench.until(() -> bench.groups.equals(List.of(1, 100)));
    }
  }

  @Test
  default void aChangeIsReadableOnceItsCallerIsAnswered() {
    try (var bench = JournalBench.on(engine())) {
      for (int i = 0; i < 50; i++) {
        String name = bench.journal.commit(Change.fact("fact-" + i));
        assertThat(bench.hasFact(name)).isTrue();
      }
    }
  }

  @Test
  default void aRefusalAnswersItsOwnCallerAlone() throws Exception {
    try (var bench = JournalBench.on(engine())) {
      Change<String> refusal =
          Change.of(
              _ -> {
                throw new Refused();
              });
      List<Future<String>> answers =
          bench.together(List.of(Change.fact("before"), refusal, Change.fact("after")));
      assertThat(answers.get(0).get()).isEqualTo("before");
      assertFailure(answers.get(1)).isInstanceOf(Refused.class);
      assertThat(answers.get(2).get()).isEqualTo("after");
      JournalBench.until(() -> bench.groups.contains(3));
    }
  }

  @Test
  default void aGroupThatFailsAsAWholeIsAppliedOneByOne() throws Exception {
    try (var bench = JournalBench.on(engine())) {
      Change<String> broken =
          Change.of(
              tx -> {
                Change.insert(tx, "broken");
                throw new IllegalStateException("a fault of the write");
              });
      Change<String> late =
          Change.of(
              tx -> {
                Change.insert(tx, "late");
                throw new Refused();
              });
      Change<String> assertion =
          Change.of(
              tx -> {
                Change.insert(tx, "assertion");
                throw new AssertionError("an invariant does not hold");
              });
      List<Future<String>> answers =
          bench.together(
              List.of(
                  Change.fact("before"),
                  broken,
                  Change.fact("before"),
                  late,
                  assertion,
                  Change.fact("after")));
      assertThat(answers.get(0).get()).isEqualTo("before");
      assertFailure(answers.get(1)).hasMessage("a fault of the write");
      assertFailure(answers.get(2)).isInstanceOf(StorageException.class);
      assertFailure(answers.get(3)).isInstanceOf(IllegalStateException.class);
      assertFailure(answers.get(4)).hasRootCauseMessage("an invariant does not hold");
      assertThat(answers.get(5).get()).isEqualTo("after");
      assertThat(List.of("before", "broken", "late", "assertion", "after"))
          .filteredOn(bench::hasFact)
          .containsExactly("before", "after");
    }
  }

  @Test
  default void theFaultOfAStatementNeverQuotesWhatWasToBeStored() {
    try (var bench = JournalBench.on(engine())) {
      bench.journal.commit(Change.fact("+573193210329"));
      assertThatThrownBy(() -> bench.journal.commit(Change.fact("+573193210329")))
          .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("573193210329"));
    }
  }

  @Test
  default void whatFollowsACommitCannotMakeItLookFailed() {
    try (var bench = JournalBench.on(engine())) {
      Change<String> write =
          Change.of(
              tx -> {
                tx.afterCommit(
                    () -> {
                      throw new IllegalStateException("afterwards");
                    });
                return Change.insert(tx, "durable");
              });
      assertThat(bench.journal.commit(write)).isEqualTo("durable");
      assertThat(bench.hasFact("durable")).isTrue();
    }
  }

  @Test
  default void whatFollowsACommitKeepsNothingElseFromFollowing() {
    try (var bench = JournalBench.on(engine())) {
      List<String> told = new CopyOnWriteArrayList<>();
      bench.journal.whenMissed(() -> told.add("missed"));
      bench.journal.commit(
          Change.of(
              tx -> {
                tx.afterCommit(() -> told.add("first"));
                tx.afterCommit(
                    () -> {
                      throw new IllegalStateException("a fault");
                    });
                tx.afterCommit(() -> told.add("last"));
                return Change.insert(tx, "fact");
              }));
      assertThat(told).containsExactly("first", "missed", "last");
    }
  }

  @Test
  default void aWorkspaceCannotFillTheQueueAlone() throws Exception {
    try (var bench = JournalBench.on(engine())) {
      JournalBench.Gate gate = bench.hold(1);
      int share = bench.journal.maxShare();
      List<Change<Integer>> writes =
          IntStream.range(0, share + 10).mapToObj(i -> Change.of(_ -> i)).toList();
      Future<List<Journal.Outcome<Integer>>> answers =
          bench.run(() -> bench.journal.<Integer>commitAll(writes));
      JournalBench.until(() -> bench.journal.waiting() == share);
      assertThatThrownBy(() -> bench.journal.commit(Change.of(_ -> 0)))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.WORKSPACE_BUSY));
      Future<Integer> other = bench.start(Change.of(_ -> 7).inWorkspace(2));
      gate.open();
      assertThat(other.get()).isEqualTo(7);
      List<Journal.Outcome<Integer>> outcomes = answers.get();
      assertThat(outcomes.subList(0, share)).allMatch(outcome -> outcome.failure() == null);
      assertThat(outcomes.subList(share, share + 10))
          .allMatch(outcome -> outcome.failure() != null);
      assertThat(bench.journal.commit(Change.fact("after"))).isEqualTo("after");
    }
  }

  @Test
  default void aFullQueueRefusesAtOnce() throws Exception {
    try (var bench = JournalBench.on(engine())) {
      JournalBench.Gate gate = bench.hold(1);
      int share = bench.journal.maxShare();
      List<Future<List<Journal.Outcome<Integer>>>> answers = new ArrayList<>();
      for (int workspace = 1; workspace <= 2; workspace++) {
        int from = workspace;
        List<Change<Integer>> writes =
            IntStream.range(0, share).mapToObj(i -> Change.of(_ -> i).inWorkspace(from)).toList();
        answers.add(bench.run(() -> bench.journal.<Integer>commitAll(writes)));
      }
      JournalBench.until(() -> bench.journal.waiting() == 2 * share);
      assertThatThrownBy(() -> bench.journal.commit(Change.of(_ -> 0).inWorkspace(3)))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OVERLOADED));
      gate.open();
      for (Future<List<Journal.Outcome<Integer>>> answer : answers) {
        assertThat(answer.get()).allMatch(outcome -> outcome.failure() == null);
      }
    }
  }

  @Test
  default void closingCommitsWhatWaitsAndRefusesWhatComesLater() throws Exception {
    try (var bench = JournalBench.on(engine())) {
      JournalBench.Gate gate = bench.hold(1);
      List<Future<String>> answers =
          IntStream.range(0, 50).mapToObj(i -> bench.start(Change.fact("fact-" + i))).toList();
      JournalBench.until(() -> bench.journal.waiting() == 50);
      AtomicBoolean closed = new AtomicBoolean();
      Future<?> closing =
          bench.run(
              () -> {
                bench.journal.close();
                closed.set(true);
                return null;
              });
      assertThat(closed).isFalse();
      gate.open();
      closing.get();
      for (Future<String> answer : answers) {
        assertThat(bench.hasFact(answer.get())).isTrue();
      }
      assertThatThrownBy(() -> bench.journal.commit(Change.fact("late")))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
  }

  @Test
  default void nobodyWaitsForeverWhileTheJournalCloses() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (var bench = JournalBench.on(Dialect.SQLITE)) {
        List<Future<Integer>> answers =
            IntStream.range(0, 200)
                .mapToObj(i -> bench.start(Change.of(_ -> i).inLane(i)))
                .toList();
        bench.journal.close();
        for (Future<Integer> answer : answers) {
          try {
            answer.get(20, TimeUnit.SECONDS);
          } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(StorageException.class);
          }
        }
      }
    }
  }

  static AbstractThrowableAssert<?, ? extends Throwable> assertFailure(Future<?> answer)
      throws InterruptedException {
    try {
      answer.get();
    } catch (ExecutionException e) {
      return assertThat(e.getCause());
    }
    throw new AssertionError("it was answered");
  }
}
