package io.recado.dispatch;

import io.recado.dispatch.Input.Signal;
import io.recado.message.OutboxRow;
import io.recado.message.Queued;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The time by which the dispatcher waits. It runs on from the start by the monotonic clock, so a
/// wall clock that is set neither delays a wait nor ends it.
///
/// Rows say by the wall clock when they are due, so that any node can tell it: what comes in is put
/// as the wait that is left, what goes out is put back. Times that a caller was promised, to live
/// and to be sent, stay the wall clock's. Safe for many threads.
final class SteadyTime {

  /// How long a wait from the database is at most: after a restart nobody knows how the clock was
  /// set meanwhile. A provider that wants more says so again.
  static final Duration LONGEST_STORED = Duration.ofHours(1);

  private final InstantSource wall;
  private final LongSupplier nanos;
  private volatile Origin origin;

  /// Runs from now on.
  SteadyTime(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    origin = new Origin(wall.instant(), nanos.getAsLong());
  }

  /// Never goes back, and never jumps.
  Instant now() {
    Origin from = origin;
    return from.time.plusNanos(nanos.getAsLong() - from.nanos);
  }

  /// The wall clock was moved on purpose, as if that time had passed.
  synchronized void follow() {
    Instant shown = wall.instant();
    if (shown.isAfter(now())) {
      origin = new Origin(shown, nanos.getAsLong());
    }
  }

  /// What happened, with its times as this clock has them.
  Input of(Input input) {
    return switch (input) {
      case Input.Arrived(var queued) -> new Input.Arrived(stored(queued));
      case Input.Returned(var queued) -> new Input.Returned(stored(queued));
      case Input.Loaded(var channel, var priority, var page, var isLast) ->
          new Input.Loaded(channel, priority, stored(page), isLast);
      case Input.LaneLoaded(var channel, var conversation, var page, var isLast) ->
          new Input.LaneLoaded(channel, conversation, stored(page), isLast);
      case Input.Ended(var queued, var next, var signal) ->
          new Input.Ended(queued, of(next), of(signal));
      case Input.Decided(var queued, var next) -> new Input.Decided(queued, of(next));
      case Input.SettledElsewhere _,
          Input.ChannelIs _,
          Input.ChannelGone _,
          Input.Missed _,
          Input.Tick _ ->
          input;
    };
  }

  /// A message with the due time of its row as the wall clock has it.
  Queued toWall(Queued queued) {
    Duration left = Duration.between(now(), queued.outbox().dueTime());
    return queued.with(queued.outbox().due(wall.instant().plus(left)));
  }

  private List<Queued> stored(List<Queued> page) {
    return page.stream().map(this::stored).toList();
  }

  /// One that waits for nothing but its turn has none to wait for, whenever it was accepted.
  private Queued stored(Queued queued) {
    OutboxRow row = queued.outbox();
    if (row.state() != OutboxRow.State.WAITING) {
      return queued.with(of(row));
    }
    Instant now = now();
    Instant due = of(row.dueTime(), now);
    Instant last = row.waitReason() == null ? now : now.plus(LONGEST_STORED);
    return queued.with(row.due(due.isBefore(last) ? due : last));
  }

  private Next of(Next next) {
    return switch (next) {
      case Next.Again(var row) -> new Next.Again(of(row));
      case Next.FallBack(var row) -> new Next.FallBack(of(row));
      case Next.Awaited(var row) -> new Next.Awaited(of(row));
      case Next.Sent _, Next.Failed _, Next.Settled _, Next.Behind _ -> next;
    };
  }

  private Signal of(Signal signal) {
    return signal instanceof Signal.Throttled(@Nullable Instant notBefore) && notBefore != null
        ? new Signal.Throttled(of(notBefore, now()))
        : signal;
  }

  private OutboxRow of(OutboxRow row) {
    return row.due(of(row.dueTime(), now()));
  }

  /// As far from now as the wall clock has it; what is over is over.
  private Instant of(Instant time, Instant now) {
    Duration left = Duration.between(wall.instant(), time);
    return left.isPositive() ? now.plus(left) : now;
  }

  private record Origin(Instant time, long nanos) {}
}
