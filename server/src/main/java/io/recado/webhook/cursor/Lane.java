package io.recado.webhook.cursor;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What must stay in order, usually a conversation: one event in flight, the next when it is done.
///
/// A lane keeps up with its cursor as long as nothing goes wrong: then its events are in memory,
/// and the cursor passes none that is not delivered. One that was refused, or has more than its
/// share, goes apart: it has a row of its own, the cursor goes on without it, and what follows is
/// looked for in the log when its turn has come.
final class Lane {

  /// So many events of one lane are held in memory at most.
  static final int MOST_HELD = 32;

  final LogCursor cursor;
  final long id;
  final Deque<Long> queue = new ArrayDeque<>();

  /// Everything of this lane up to here is done, or was never wanted.
  long done;

  /// The last event known of this lane.
  long last;

  boolean isApart;
  boolean isInFlight;
  boolean isLoading;

  /// How often the first of the queue was refused.
  int attempts;

  /// Which event `attempts` counts for.
  long attempted;

  /// When it may go on; null when at once.
  @Nullable Instant due;

  /// When the first of the attempts began that the endpoint could not take, or the last one that
  /// was refused; null when none.
  @Nullable Instant failedSince;

  Lane(LogCursor cursor, long id, long done) {
    this.cursor = cursor;
    this.id = id;
    this.done = done;
    this.last = done;
  }

  /// The next event. The queue must not be empty.
  long head() {
    return queue.getFirst();
  }

  /// Whether its next event could be sent now.
  boolean isReady() {
    return !isInFlight && due == null && !queue.isEmpty();
  }

  /// Ends its first event.
  long finishHead() {
    done = queue.removeFirst();
    attempts = 0;
    failedSince = null;
    return done;
  }

  /// How often the first of the queue was tried and refused.
  int attemptsOfHead() {
    return attempted == head() ? attempts : 0;
  }

  /// As it is stored when it is apart.
  StoredLane stored(Instant now) {
    long next = queue.isEmpty() ? done + 1 : head();
    int tries = next == attempted ? attempts : 0;
    return new StoredLane(cursor.number(), id, next, tries, due == null ? now : due);
  }
}
