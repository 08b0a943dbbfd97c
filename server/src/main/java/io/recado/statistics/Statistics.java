package io.recado.statistics;

import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.statistics.StatisticStore.Behind;

/// Counts what the logs hold. For one thread; any number of nodes may count the same logs.
public final class Statistics {

  /// So many events are read at a time.
  private static final int PAGE_EVENTS = 1_000;

  /// So many counts are stored at a time, give or take a page: whoever waits for the journal waits
  /// for them.
  private static final int ENOUGH_TALLIES = 500;

  /// After so many events of one workspace it is another's turn.
  private static final int ROUND_EVENTS = 50_000;

  private final Journal journal;
  private final ReadPool reads;
  private final int roundEvents;

  /// Counts in this database.
  public Statistics(Journal journal, ReadPool reads) {
    this(journal, reads, ROUND_EVENTS);
  }

  Statistics(Journal journal, ReadPool reads, int roundEvents) {
    this.journal = journal;
    this.reads = reads;
    this.roundEvents = roundEvents;
  }

  /// Counts what has happened since the last round. To be called about once a second; a round after
  /// a long pause leaves something for the next.
  public void count() {
    reads.read(StatisticStore::behind).forEach(this::count);
  }

  private void count(Behind behind) {
    long counted = behind.counted();
    long last = Math.min(behind.head(), counted + roundEvents);
    while (counted < last) {
      var tallies = new Tallies();
      long from = counted;
      while (counted < last && tallies.size() < ENOUGH_TALLIES) {
        long to = Math.min(last, counted + PAGE_EVENTS);
        long after = counted;
        reads
            .read(r -> StatisticStore.steps(r, behind.workspace(), after, to))
            .forEach(steps -> steps.addTo(tallies));
        counted = to;
      }
      if (!journal.commit(new AddTallies(behind.workspace(), from, counted, tallies.all()))) {
        return;
      }
    }
  }
}
