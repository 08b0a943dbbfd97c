package io.recado.dispatch;

import io.recado.channel.Channel.RecipientLimit;
import io.recado.message.Queued;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One conversation: its messages in order, at most one on its way. Pure; for one thread.
final class Lane {

  private final long conversation;
  private final TreeMap<Long, Queued> waiting = new TreeMap<>();
  private boolean busy;
  private long settledSeq;
  private @Nullable Instant holdUntil;
  private Pace pace = Pace.FRESH;

  /// Whether it stands in the queue of ready lanes.
  boolean isListed;

  /// When it is to be looked at again; null when no timer runs for it.
  @Nullable Instant timer;

  Lane(long conversation) {
    this.conversation = conversation;
  }

  long conversation() {
    return conversation;
  }

  int size() {
    return waiting.size();
  }

  /// Adds a message, or what is newly known of one; false when it is known or done already.
  boolean add(Queued queued) {
    return queued.seq() > settledSeq && waiting.putIfAbsent(queued.seq(), queued) == null;
  }

  /// The next message; null when there is none.
  @Nullable Queued head() {
    return waiting.isEmpty() ? null : waiting.firstEntry().getValue();
  }

  /// Whether it is known that nothing before the message is unfinished.
  boolean knowsPrevious(Queued queued) {
    long previous = queued.outbox().previousSeq();
    return previous == 0 || previous == settledSeq;
  }

  /// When the head may start; null when nothing can start by the passing of time.
  @Nullable Instant startTime(@Nullable RecipientLimit limit, Instant now) {
    Queued head = head();
    if (head == null || busy) {
      return null;
    }
    Instant start = pace.nextTime(limit, now);
    start = later(start, head.outbox().dueTime());
    return holdUntil == null ? start : later(start, holdUntil);
  }

  /// The head is on its way.
  void start(@Nullable RecipientLimit limit, Instant now) {
    busy = true;
    holdUntil = null;
    pace = pace.taken(limit, now);
  }

  /// The message on its way goes out of the lane.
  void leave(Queued queued) {
    busy = false;
    waiting.remove(queued.seq());
    settledSeq = Math.max(settledSeq, queued.seq());
  }

  /// The message on its way comes back, with another row.
  void comeBack(Queued queued) {
    busy = false;
    settledSeq = Math.min(settledSeq, queued.seq() - 1);
    waiting.put(queued.seq(), queued);
  }

  /// Nothing starts before `until`.
  void hold(Instant until) {
    holdUntil = until;
  }

  /// What it waited for is known.
  void release() {
    holdUntil = null;
  }

  /// Whether nothing of it needs to be remembered.
  boolean isForgettable(Instant now) {
    return waiting.isEmpty()
        && !busy
        && pace.isFresh(now)
        && (holdUntil == null || !holdUntil.isAfter(now));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
