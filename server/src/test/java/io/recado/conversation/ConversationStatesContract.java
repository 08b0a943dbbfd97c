package io.recado.conversation;

import static org.assertj.core.api.Assertions.assertThat;

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
      return conversation + ":" + state.nextOutbound(new Id(1, (int) conversation), NOW);
    }
  }
}
