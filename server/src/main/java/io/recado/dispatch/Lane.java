package io.recado.dispatch;

import io.recado.channel.Channel.RecipientLimit;
import io.recado.connector.Reason;
import io.recado.journal.Id;
import io.recado.message.OutboxRow;
import io.recado.message.Priority;
import io.recado.message.Queued;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One conversation: its messages in order, at most one on its way. Pure; for one thread.
///
/// Keeps the first few of its messages; from [#WINDOW] on they stay in the database until it has
/// come to them, so that a long conversation takes no room from the others.
final class Lane {

  /// How many messages are kept in memory.
  static final int WINDOW = 16;

  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final long NONE = Long.MAX_VALUE;

  private final long conversation;
  private final TreeMap<Long, Queued> waiting = new TreeMap<>();
  private final Map<Id, Instant> holds = new HashMap<>();
  private @Nullable Id inFlight;
  private boolean wasSettled;
  private @Nullable Queued returned;
  private long settledSeq;
  private Pace pace = Pace.FRESH;
  // From this number on messages are in the database only.
  private long storedFrom = NONE;
  private long readFrom = NONE;
  private boolean isReading;

  /// In which queue of the channel's turns it stands; null when in none.
  @Nullable Priority turn;

  /// When it is to be looked at again; null when no timer runs for it.
  @Nullable Instant timer;

  Lane(long conversation) {
    this.conversation = conversation;
  }

  long conversation() {
    return conversation;
  }

  /// How many messages it keeps in memory.
  int size() {
    return waiting.size();
  }

  /// Adds a message, unless it is known or done already. Of more than [#WINDOW] the last is left to
  /// the database.
  void add(Queued queued) {
    long seq = queued.seq();
    if (seq <= settledSeq || waiting.containsKey(seq)) {
      return;
    }
    if (seq >= storedFrom) {
      leaveStored(seq);
      return;
    }
    waiting.put(seq, queued);
    if (waiting.size() > WINDOW && !isInFlight(waiting.lastEntry().getValue().id())) {
      leaveStored(waiting.pollLastEntry().getKey());
    }
  }

  /// Takes back a message that had left, to be sent before whatever waits; one that is still on its
  /// way once it has ended.
  void readmit(Queued queued) {
    if (isInFlight(queued.id())) {
      returned = queued;
    } else {
      settledSeq = Math.min(settledSeq, queued.seq() - 1);
      waiting.put(queued.seq(), queued);
    }
  }

  /// Leaves a message, and all after it, to the database.
  void leaveStored(long seq) {
    storedFrom = Math.min(storedFrom, seq);
    if (isReading) {
      readFrom = Math.min(readFrom, seq);
    }
  }

  /// Whether it has room for what it left to the database.
  ///
  /// @param isCrowded whether memory is short, so that only the next message is wanted
  boolean wantsMore(boolean isCrowded) {
    return storedFrom != NONE && !isReading && waiting.size() <= (isCrowded ? 0 : WINDOW / 2);
  }

  /// Starts reading what it left to the database.
  ///
  /// @return the number of the first message that is wanted
  long startReading() {
    isReading = true;
    readFrom = NONE;
    return storedFrom;
  }

  /// What was read begins where it was asked to; whoever was left to the database meanwhile may be
  /// missing in it.
  ///
  /// @param isLast whether there was nothing after it
  void endReading(List<Queued> page, boolean isLast) {
    isReading = false;
    long next = page.isEmpty() ? storedFrom : page.getLast().seq() + 1;
    storedFrom = Math.min(isLast ? NONE : next, readFrom);
  }

  /// The next message; null when there is none in memory.
  @Nullable Queued head() {
    return waiting.isEmpty() ? null : waiting.firstEntry().getValue();
  }

  /// That of the most urgent message in memory: as order is kept, it can only go sooner if those
  /// before it do.
  Priority priority() {
    for (Queued queued : waiting.values()) {
      if (queued.outbox().priority() == Priority.HIGH) {
        return Priority.HIGH;
      }
    }
    return Priority.BULK;
  }

  /// Whether it is known that nothing before the message is unfinished.
  boolean knowsPrevious(Queued queued) {
    long previous = queued.outbox().previousSeq();
    return previous == 0 || previous == settledSeq;
  }

  /// When the head may start; null when nothing can start by the passing of time.
  @Nullable Instant startTime(@Nullable RecipientLimit limit, Instant now) {
    Queued head = head();
    if (head == null || inFlight != null) {
      return null;
    }
    Instant start = later(pace.nextTime(limit, now), head.outbox().dueTime());
    for (Instant hold : holds.values()) {
      start = later(start, hold);
    }
    return start.equals(Instant.MAX) ? null : start;
  }

  /// The head with the end of its wait and the reason, when the person's pace keeps it for longer
  /// than a moment and nobody has been told; null otherwise.
  @Nullable Queued noteWait(@Nullable RecipientLimit limit, Instant start, Instant now) {
    Queued head = head();
    OutboxRow row = head.outbox();
    if (row.waitReason() != null
        || !start.isAfter(now.plus(MOMENT))
        || !start.equals(pace.nextTime(limit, now))) {
      return null;
    }
    String reason = Reason.RECIPIENT_BUSY.name();
    // Here it stays due as it was: the limit may be lifted.
    waiting.put(
        head.seq(), head.with(row.waiting(row.spent(), row.throttled(), row.dueTime(), reason)));
    return head.with(row.waiting(row.spent(), row.throttled(), start, reason));
  }

  /// Whether a message is on its way.
  boolean isInFlight(Id message) {
    return message.equals(inFlight);
  }

  /// The head is on its way.
  void start(@Nullable RecipientLimit limit, Instant now) {
    inFlight = head().id();
    wasSettled = false;
    pace = pace.taken(limit, now);
  }

  /// A message is done, or waits outside of the lane.
  void leave(Queued queued) {
    landed(queued);
    waiting.remove(queued.seq());
    settledSeq = Math.max(settledSeq, queued.seq());
    Queued again = returned;
    if (again != null && again.id().equals(queued.id())) {
      returned = null;
      readmit(again);
    }
  }

  /// A message is to be sent again, with another row.
  void comeBack(Queued queued) {
    landed(queued);
    settledSeq = Math.min(settledSeq, queued.seq() - 1);
    waiting.put(queued.seq(), queued);
  }

  /// A message was settled, by a receipt or by a person.
  void settled(Id message) {
    if (isInFlight(message)) {
      wasSettled = true;
    } else {
      waiting.values().removeIf(queued -> queued.id().equals(message));
    }
    holds.remove(message);
  }

  /// Whether a message was settled while it was on its way.
  boolean wasSettled(Id message) {
    return wasSettled && isInFlight(message);
  }

  /// Because of a message in doubt nothing starts before `until`; [Instant#MAX] when nothing starts
  /// before it is decided.
  void hold(Id doubt, Instant until) {
    holds.put(doubt, until);
  }

  /// What it waited for is known.
  void release(Id doubt) {
    holds.remove(doubt);
  }

  /// Whether nothing is waiting or on its way.
  boolean isIdle() {
    return waiting.isEmpty() && inFlight == null && storedFrom == NONE && !isReading;
  }

  /// Until when an idle lane must be remembered, for its pace and its holds; [Instant#MAX] when
  /// that does not end by the passing of time.
  Instant rememberUntil(Instant now) {
    Instant until = pace.isFresh(now) ? now : pace.full();
    for (Instant hold : holds.values()) {
      until = later(until, hold);
    }
    return until;
  }

  private void landed(Queued queued) {
    if (isInFlight(queued.id())) {
      inFlight = null;
      wasSettled = false;
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
