package io.recado.dispatch;

import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.message.Outbox;
import io.recado.message.Outbox.Due;
import io.recado.message.Queued;
import io.recado.message.ReleaseScheduled;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// Has scheduled messages join their conversations when their time has come. Safe for many threads.
public final class Schedule {

  private static final int MESSAGES = 500;

  private final Journal journal;
  private final ReadPool reads;
  private final InstantSource clock;
  private final Consumer<List<Queued>> handOver;

  /// @param handOver told of what has joined, once that is durable
  public Schedule(
      Journal journal, ReadPool reads, InstantSource clock, Consumer<List<Queued>> handOver) {
    this.journal = journal;
    this.reads = reads;
    this.clock = clock;
    this.handOver = handOver;
  }

  /// Looks once at all channels. To be called every second.
  public void sweep() {
    Instant now = clock.instant();
    List<Due> due;
    do {
      due = reads.read(r -> Outbox.due(r, now, MESSAGES));
      journal
          .commitAll(due.stream().map(one -> new ReleaseScheduled(one, now, handOver)).toList())
          .forEach(Journal.Outcome::get);
    } while (due.size() == MESSAGES);
  }
}
