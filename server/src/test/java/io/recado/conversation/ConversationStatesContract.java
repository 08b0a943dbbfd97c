package io.recado.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.recado.journal.Database;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Journal;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What the shared rows of conversations promise on every database.
interface ConversationStatesContract {

  int CONVERSATIONS = 400;
  int CALLERS = 96;
  int WRITES_PER_CALLER = 20;
  Instant NOW = Instant.parse("2026-04-03T10:00:00Z");

  Dialect engine();

  /// How many nodes write at once.
  int nodes();

  @Test
  default void groupsOfManyWritersNeitherDeadlockNorGiveANumberTwice() throws Exception {
    try (var test = TestDatabase.on(engine());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Journal> nodes = new ArrayList<>();
      for (int i = 0; i < nodes(); i++) {
        nodes.add(journal(test.database()));
      }
      nodes.getFirst().commit(new Open());
      var prepared = new AtomicInteger();
      List<Future<List<String>>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        callers.add(threads.submit(() -> write(nodes.get(caller % nodes()), caller, prepared)));
      }
      Set<String> numbers = new HashSet<>();
      for (Future<List<String>> caller : callers) {
        assertThat(numbers.addAll(caller.get())).isTrue();
      }
      // A group that was in another's way would have been prepared again.
      assertThat(prepared).hasValue(CALLERS * WRITES_PER_CALLER);
      assertThat(numbers).hasSize(CALLERS * WRITES_PER_CALLER * Take.PER_WRITE);
      nodes.forEach(Journal::close);
    }
  }

  @Test
  default void aNumberThatAFailedChangeHadTakenIsTheNextOnes() throws Exception {
    try (var test = TestDatabase.on(engine());
        Journal journal = journal(test.database())) {
      journal.commit(new Open());
      var take = new Take(1, List.of(7L), new AtomicInteger());
      assertThat(journal.commit(take)).containsExactly("7:1");

      assertThatIllegalStateException().isThrownBy(() -> journal.commit(new Failing(take)));

      assertThat(journal.commit(take)).containsExactly("7:2");
    }
  }

  @Test
  default void whatIsRememberedFromGroupToGroupIsWhatIsStored() throws Exception {
    try (var test = TestDatabase.on(engine())) {
      var take = new Take(1, List.of(3L, 7L), new AtomicInteger());
      try (Journal journal = journal(test.database())) {
        journal.commit(new Open());
        // More than two runs of places.
        for (int i = 1; i <= 40; i++) {
          assertThat(journal.commit(take)).containsExactly("3:" + i, "7:" + i);
        }
      }
      try (Journal another = journal(test.database())) {
        assertThat(another.commit(take)).containsExactly("3:41", "7:41");
        assertThat(another.commit(new Placed(7))).hasSize(41);
      }
    }
  }

  private static List<String> write(Journal journal, int caller, AtomicInteger prepared) {
    var random = new Random(caller);
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < WRITES_PER_CALLER; i++) {
      List<Long> conversations =
          random.longs(1, CONVERSATIONS + 1).distinct().limit(Take.PER_WRITE).boxed().toList();
      numbers.addAll(journal.commit(new Take(caller, conversations, prepared)));
    }
    return numbers;
  }

  private static Journal journal(Database database) {
    return new Journal(
        database,
        (_, _) -> {},
        e -> {
          throw e;
        });
  }

  /// Makes the conversations.
  record Open() implements Write<Boolean> {
    @Override
    public long workspace() {
      return 1;
    }

    @Override
    public Boolean apply(Tx tx) {
      LongStream.rangeClosed(1, CONVERSATIONS)
          .forEach(conversation -> ConversationStates.open(tx, 1, conversation, NOW));
      return true;
    }
  }

  /// Takes the next number of some conversations.
  record Take(long lane, List<Long> conversations, AtomicInteger prepared)
      implements Write<List<String>> {

    static final int PER_WRITE = 12;

    @Override
    public long workspace() {
      return 1;
    }

    @Override
    public void prepare(Tx tx) {
      prepared.incrementAndGet();
      conversations.forEach(conversation -> ConversationStates.want(tx, 1, conversation));
    }

    @Override
    public List<String> apply(Tx tx) {
      return conversations.stream().map(conversation -> next(tx, conversation)).toList();
    }

    private static String next(Tx tx, long conversation) {
      ConversationStates.State state = ConversationStates.find(tx, conversation).orElseThrow();
      return conversation
          + ":"
          + state.nextOutbound(new Id(state.outboundSeq() + 1, (int) conversation), NOW);
    }
  }

  /// Takes numbers and fails.
  record Failing(Take take) implements Write<List<String>> {
    @Override
    public long workspace() {
      return 1;
    }

    @Override
    public void prepare(Tx tx) {
      take.prepare(tx);
    }

    @Override
    public List<String> apply(Tx tx) {
      take.apply(tx);
      throw new IllegalStateException("a fault of the test");
    }
  }

  /// Reads all places of a conversation.
  record Placed(long conversation) implements Write<List<Places.Place>> {
    @Override
    public long workspace() {
      return 1;
    }

    @Override
    public List<Places.Place> apply(Tx tx) {
      return Places.of(tx, 1, conversation).between(tx, 1, Long.MAX_VALUE);
    }
  }
}
