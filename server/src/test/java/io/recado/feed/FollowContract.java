package io.recado.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.event.Event;
import io.recado.event.EventLog;
import io.recado.event.EventType;
import io.recado.feed.EventFeed.Stretch;
import io.recado.journal.Database;
import io.recado.journal.Dialect;
import io.recado.journal.Journal;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Readers at the tail of a log miss nothing while several nodes write to it, each with all of its
/// writers.
interface FollowContract {

  int WRITES = 2_000;
  int EVENTS_PER_WRITE = 5;
  int CALLERS = 48;
  int READERS = 6;
  int FIRST_CHANNEL = 100;
  Duration PATIENCE = Duration.ofSeconds(60);

  Dialect engine();

  /// How many nodes append at once.
  int nodes();

  @Test
  default void readersAtTheTailMissNoneAndSeeEachCallersEventsInOrder() throws Exception {
    try (var bench = new FeedBench(engine());
        var watch = new LogWatch().start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = bench.feed.head(1);
      List<Future<Map<String, Long>>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(() -> follow(bench, watch, start)));
      }
      List<Journal> nodes = nodes(bench, watch);
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        callers.add(threads.submit(() -> append(nodes.get(caller % nodes()), caller)));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
      for (Future<Map<String, Long>> reader : readers) {
        assertThat(reader.get()).hasSize(CALLERS);
      }
      nodes.forEach(Journal::close);
    }
  }

  /// Reads until everything was seen; fails at the first event that is missing.
  private static Map<String, Long> follow(FeedBench bench, LogWatch watch, long start)
      throws InterruptedException {
    Map<String, Long> last = new HashMap<>();
    long position = start;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (position < start + (long) WRITES * EVENTS_PER_WRITE) {
      assertThat(System.nanoTime() - end).as("time left, at position " + position).isNegative();
      long mark = watch.mark(1);
      Stretch next = bench.feed.follow(1, position, 100, EventChoice.ALL);
      for (ShownEvent event : next.events()) {
        assertThat(event.position()).isEqualTo(++position);
        JsonObject told = Json.readObject(event.json());
        JsonObject change = told.object("data").flatMap(d -> d.object("channel")).orElseThrow();
        long number = change.number("number").orElseThrow();
        Long before = last.put(change.string("caller").orElseThrow(), number);
        assertThat(number).isEqualTo(before == null ? 0 : before + 1);
      }
      if (next.end() == position && next.events().isEmpty()) {
        watch.await(1, mark, PATIENCE);
      }
    }
    return last;
  }

  private static void append(Journal journal, int caller) {
    for (int i = 0; i < WRITES / CALLERS + (caller < WRITES % CALLERS ? 1 : 0); i++) {
      journal.commit(new Append(FIRST_CHANNEL + caller, "caller-" + caller, i));
    }
  }

  /// Nodes on one database, each told of what it commits.
  private List<Journal> nodes(FeedBench bench, LogWatch watch) {
    List<Journal> nodes = new ArrayList<>();
    for (int i = 0; i < nodes(); i++) {
      nodes.add(node(bench.delivery.server.database.database(), watch));
    }
    return nodes;
  }

  private static Journal node(Database database, LogWatch watch) {
    return new Journal(
        database,
        new Journal.Observer() {
          @Override
          public void committed(int writes, long nanos) {
            // Not of interest here.
          }

          @Override
          public void told(Object fact) {
            watch.appended((Event) fact);
          }
        },
        e -> {
          throw e;
        });
  }

  /// Appends a few events.
  record Append(long channel, String caller, int number) implements Write<Boolean> {

    @Override
    public long workspace() {
      return 1;
    }

    @Override
    public long lane() {
      return channel;
    }

    @Override
    public Boolean apply(Tx tx) {
      for (int i = 0; i < EVENTS_PER_WRITE; i++) {
        JsonObject change =
            JsonObject.builder()
                .with("caller", caller)
                .with("number", (long) number * EVENTS_PER_WRITE + i)
                .build();
        EventLog.append(
            tx, Event.ofChannel(1, EventType.CHANNEL_UPDATED, Instant.EPOCH, channel, change));
      }
      return true;
    }
  }
}
