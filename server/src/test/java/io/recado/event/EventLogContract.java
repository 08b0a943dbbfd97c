package io.recado.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.event.EventStore.Logged;
import io.recado.journal.Database;
import io.recado.journal.Dialect;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import io.recado.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What the log promises on every database.
interface EventLogContract {

  int WRITES = 4_000;
  int EVENTS_PER_WRITE = 5;
  int CHANNELS = 8;
  int CALLERS = 64;
  Instant NOW = Instant.parse("2026-04-03T10:00:00Z");

  Dialect engine();

  /// How many nodes append at once.
  int nodes();

  @Test
  default void aReaderAtTheTailMissesNoEventAndSeesEachLaneInOrder() throws Exception {
    try (var test = TestDatabase.on(engine());
        var reads = new ReadPool(test.database(), 1);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Journal> nodes = new ArrayList<>();
      for (int i = 0; i < nodes(); i++) {
        nodes.add(journal(test.database()));
      }
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        callers.add(threads.submit(() -> append(nodes.get(caller % nodes()), caller)));
      }
      Map<String, Long> seen = follow(reads, WRITES * EVENTS_PER_WRITE);
      for (Future<?> caller : callers) {
        caller.get();
      }
      assertThat(seen).hasSize(CALLERS);
      assertThat(read(reads, 1, WRITES * EVENTS_PER_WRITE)).isEmpty();
      nodes.forEach(Journal::close);
    }
  }

  @Test
  default void eachWorkspaceHasALogOfItsOwn() {
    try (var test = TestDatabase.on(engine());
        var reads = new ReadPool(test.database(), 1);
        var journal = journal(test.database())) {
      journal.commit(new Append(2, 1, "a", 1));
      journal.commit(new Append(1, 1, "b", 1));
      journal.commit(new Append(2, 1, "a", 2));
      assertThat(read(reads, 2, 0))
          .extracting(Logged::position)
          .containsExactlyElementsOf(positions(2 * EVENTS_PER_WRITE));
      assertThat(read(reads, 1, 0))
          .extracting(Logged::position)
          .containsExactlyElementsOf(positions(EVENTS_PER_WRITE));
    }
  }

  @Test
  default void anEventIsReadAsItWasAppended() {
    try (var test = TestDatabase.on(engine());
        var reads = new ReadPool(test.database(), 1);
        var journal = journal(test.database())) {
      journal.commit(new Append(1, 7, "a", 3));
      assertThat(read(reads, 1, 0))
          .startsWith(new Logged(1, event(1, 7, "a", 3 * EVENTS_PER_WRITE)));
    }
  }

  private static void append(Journal journal, int caller) {
    for (int i = 0; i < WRITES / CALLERS + (caller < WRITES % CALLERS ? 1 : 0); i++) {
      journal.commit(new Append(1, caller % CHANNELS, "caller-" + caller, i));
    }
  }

  /// Reads the log while it grows.
  ///
  /// @return the last number of each caller
  private static Map<String, Long> follow(ReadPool reads, int count) {
    Map<String, Long> last = new HashMap<>();
    long position = 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (position < count) {
      assertThat(System.nanoTime() - end).as("time left, at position " + position).isNegative();
      for (Logged logged : read(reads, 1, position)) {
        assertThat(logged.position()).isEqualTo(++position);
        JsonObject change = logged.event().change();
        long number = change.number("number").orElseThrow();
        Long before = last.put(change.string("caller").orElseThrow(), number);
        assertThat(number).isEqualTo(before == null ? 0 : before + 1);
      }
    }
    return last;
  }

  private static List<Logged> read(ReadPool reads, long workspace, long position) {
    return reads.read(database -> EventStore.after(database, workspace, position, 500));
  }

  private static List<Long> positions(int count) {
    List<Long> positions = new ArrayList<>();
    for (long position = 1; position <= count; position++) {
      positions.add(position);
    }
    return positions;
  }

  private static Journal journal(Database database) {
    return new Journal(
        database,
        (_, _) -> {},
        e -> {
          throw e;
        });
  }

  private static Event event(long workspace, long channel, String caller, long number) {
    JsonObject change = JsonObject.builder().with("caller", caller).with("number", number).build();
    return Event.ofChannel(workspace, EventType.CHANNEL_UPDATED, NOW, channel, change);
  }

  /// Appends a few events.
  record Append(long workspace, long channel, String caller, int number) implements Write<Boolean> {

    @Override
    public long lane() {
      return channel;
    }

    @Override
    public Boolean apply(Tx tx) {
      for (int i = 0; i < EVENTS_PER_WRITE; i++) {
        EventLog.append(
            tx, event(workspace, channel, caller, (long) number * EVENTS_PER_WRITE + i));
      }
      return true;
    }
  }
}
