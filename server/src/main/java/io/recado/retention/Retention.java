package io.recado.retention;

import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what is older than it is to be kept. For one thread.
public final class Retention {

  /// How many rows one transaction deletes at most, so that nobody waits for it noticeably.
  static final int BATCH = 500;

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final String WORKSPACES = "SELECT workspace_key FROM workspace ORDER BY 1";

  private final Journal journal;
  private final ReadPool reads;
  private final InstantSource clock;
  private final List<Kept> kept;

  /// @param periods how long each kind is kept
  public Retention(Journal journal, ReadPool reads, InstantSource clock, Periods periods) {
    this.journal = journal;
    this.reads = reads;
    this.clock = clock;
    this.kept =
        List.of(
            new Kept(periods.events(), OldRows.EVENTS),
            new Kept(periods.attempts(), OldRows.ATTEMPTS),
            new Kept(periods.attempts(), OldRows.RECEIPTS),
            new Kept(periods.attempts(), OldRows.WEBHOOK_DELIVERIES),
            new Kept(periods.attempts(), OldRows.WEBHOOK_ATTEMPTS),
            new Kept(periods.raw(), OldRows.RAW_PAYLOADS),
            new Kept(periods.raw(), OldRows.EARLY_RECEIPTS),
            new Kept(Optional.of(periods.idempotency()), OldRows.IDEMPOTENCY_KEYS),
            new Kept(periods.messages(), OldRows.MESSAGES));
  }

  /// Deletes everything that is too old by now, batch by batch. To be called every few minutes.
  ///
  /// @return how many rows went
  public long sweep() {
    long deleted = 0;
    for (long workspace : reads.read(r -> r.query(WORKSPACES, _ -> {}, Row::number))) {
      for (Kept one : kept) {
        if (one.period.isPresent()) {
          Instant before = clock.instant().minus(one.period.get());
          deleted += sweep(workspace, one.rows, before);
        }
      }
    }
    if (deleted > 0) {
      LOG.info("deleted {} rows that were older than they are kept", deleted);
    }
    return deleted;
  }

  private long sweep(long workspace, OldRows rows, Instant before) {
    long deleted = 0;
    while (reads.read(r -> rows.hasOld(r, workspace, before))) {
      int batch = journal.commit(new DeleteOld(workspace, rows, before));
      deleted += batch;
      if (batch == 0) {
        break;
      }
    }
    return deleted;
  }

  /// How long each kind of data is kept; empty for ever.
  ///
  /// @param raw what providers sent as it came, and receipts that match no message
  public record Periods(
      Optional<Duration> messages,
      Optional<Duration> events,
      Optional<Duration> attempts,
      Optional<Duration> raw,
      Duration idempotency) {}

  private record Kept(Optional<Duration> period, OldRows rows) {}

  private record DeleteOld(long workspace, OldRows rows, Instant before) implements Write<Integer> {
    @Override
    public Integer apply(Tx tx) {
      return rows.delete(tx, workspace, before, BATCH);
    }
  }

  /// Whether a query finds anything.
  static boolean finds(Reads reads, String sql, long workspace, Instant before) {
    return reads.find(sql, binds -> binds.number(workspace).time(before), Row::number).isPresent();
  }
}
