package io.recado.dispatch;

import io.recado.channel.Channel;
import io.recado.dispatch.Input.Signal;
import io.recado.journal.Id;
import io.recado.message.OutboxRow;
import io.recado.message.Queued;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What one channel has to send: a lane per conversation, taking turns, within the channel's
/// budget. Pure; for one thread.
///
/// Keeps a bounded window of the outbox in memory and reads the rest when there is room again.
final class ChannelQueue {

  /// How many messages are kept in memory.
  static final int MAX_QUEUED = 10_000;

  /// How many attempts may be under way at once.
  static final int MAX_IN_FLIGHT = 1_024;

  /// How many rows are read at once.
  static final int PAGE = 1_000;

  private static final Id FIRST = new Id(0, 0);

  private final Consumer<Command> commands;
  private final Map<Long, Lane> lanes = new HashMap<>();
  private final ArrayDeque<Lane> ready = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Map<Id, Queued> awaited = new HashMap<>();
  private final Budget budget;
  private Channel channel;
  private int queued;
  private int inFlight;
  private Id loadedTo = FIRST;
  private boolean isWhole;
  private boolean isLoading;
  private @Nullable Id missedFrom;

  ChannelQueue(Channel channel, Consumer<Command> commands) {
    this.channel = channel;
    this.commands = commands;
    this.budget = new Budget(channel.limits().messagesPerSecond());
  }

  void channel(Channel now) {
    channel = now;
    budget.limit(now.limits().messagesPerSecond());
  }

  void arrived(Queued message, Instant now) {
    if (queued < MAX_QUEUED) {
      add(message, now);
      return;
    }
    // It stays in the database only, to be read again from there on: ids do not rise exactly with
    // acceptance.
    isWhole = false;
    if (missedFrom == null || message.id().compareTo(missedFrom) < 0) {
      missedFrom = message.id();
    }
  }

  void loaded(List<Queued> page, boolean isLast, Instant now) {
    isLoading = false;
    for (Queued message : page) {
      add(message, now);
    }
    if (!page.isEmpty()) {
      loadedTo = page.getLast().id();
    }
    isWhole = isLast && missedFrom == null;
  }

  void ended(Queued message, Next next, Signal signal, Instant now) {
    inFlight--;
    switch (signal) {
      case Signal.Accepted _ -> budget.accepted(now);
      case Signal.Throttled(Instant notBefore) -> budget.throttled(now, notBefore);
      case Signal.None _ -> {}
    }
    settle(message, next, now);
  }

  void decided(Queued message, Next next, Instant now) {
    awaited.remove(message.id());
    settle(message, next, now);
  }

  void settledElsewhere(long conversation, Id message, Instant now) {
    if (awaited.remove(message) != null) {
      Lane lane = lane(conversation);
      lane.release();
      arrange(lane, now);
    }
  }

  /// Starts what may start now, and asks for more when there is room.
  void advance(Instant now) {
    fireTimers(now);
    while (channel.isSending() && inFlight < MAX_IN_FLIGHT && !ready.isEmpty()) {
      Lane lane = ready.peekFirst();
      Instant start = lane.startTime(channel.limits().recipient(), now);
      if (start == null || start.isAfter(now)) {
        unlist(now);
      } else if (budget.tryTake(now)) {
        unlist(now);
        start(lane, now);
      } else {
        break;
      }
    }
    if (!isWhole && !isLoading && queued < MAX_QUEUED / 2) {
      load();
    }
  }

  /// When [#advance] is to be called next; null when nothing happens by the passing of time.
  @Nullable Instant nextTime(Instant now) {
    Instant next = timers.isEmpty() ? null : timers.peek().time;
    if (channel.isSending() && !ready.isEmpty() && inFlight < MAX_IN_FLIGHT) {
      Instant start = budget.nextTime(now);
      next = next == null || start.isBefore(next) ? start : next;
    }
    return next;
  }

  private void load() {
    isLoading = true;
    if (missedFrom != null && before(missedFrom).compareTo(loadedTo) < 0) {
      loadedTo = before(missedFrom);
    }
    missedFrom = null;
    commands.accept(new Command.Load(channel.workspace(), channel.key(), loadedTo));
  }

  private void start(Lane lane, Instant now) {
    Queued head = lane.head();
    lane.start(channel.limits().recipient(), now);
    inFlight++;
    commands.accept(new Command.Start(head, !isWhole && !lane.knowsPrevious(head)));
  }

  private void settle(Queued message, Next next, Instant now) {
    Lane lane = lane(message.conversation());
    switch (next) {
      case Next.Sent _, Next.Failed _, Next.Settled _ -> leave(lane, message);
      case Next.Again(OutboxRow row) -> comeBack(lane, message.with(row));
      case Next.Awaited(OutboxRow row) -> {
        leave(lane, message);
        await(lane, message.with(row), now);
      }
      case Next.Behind _ -> {
        OutboxRow row = message.outbox();
        comeBack(
            lane,
            message.with(
                row.waiting(row.spent(), row.throttled(), now.plusSeconds(1), row.waitReason())));
      }
    }
    arrange(lane, now);
  }

  private void await(Lane lane, Queued message, Instant now) {
    awaited.put(message.id(), message);
    timers.add(new Timer(message.outbox().dueTime(), null, message.id()));
    if (message.outbox().state() == OutboxRow.State.IN_DOUBT) {
      boolean mayRepeat = channel.inDoubt().policy() == Channel.InDoubt.Policy.RESEND;
      Instant hold = now.plus(channel.inDoubt().laneHold());
      Instant decision = message.outbox().dueTime();
      lane.hold(mayRepeat || decision.isBefore(hold) ? decision : hold);
    }
  }

  private void add(Queued message, Instant now) {
    boolean isAwaited =
        message.outbox().state() != OutboxRow.State.WAITING || awaited.containsKey(message.id());
    Lane lane = lane(message.conversation());
    if (isAwaited) {
      if (!awaited.containsKey(message.id())
          && message.outbox().state() != OutboxRow.State.IN_FLIGHT) {
        await(lane, message, now);
      }
    } else if (lane.add(message)) {
      queued++;
    }
    arrange(lane, now);
  }

  private void leave(Lane lane, Queued message) {
    int before = lane.size();
    lane.leave(message);
    queued -= before - lane.size();
  }

  private void comeBack(Lane lane, Queued message) {
    int before = lane.size();
    lane.comeBack(message);
    queued += lane.size() - before;
  }

  /// Puts a lane where it belongs: among the ready ones, to wait for a time, or out of memory.
  private void arrange(Lane lane, Instant now) {
    Instant start = lane.startTime(channel.limits().recipient(), now);
    if (start == null) {
      if (lane.isForgettable(now) && !lane.isListed) {
        lanes.remove(lane.conversation());
      }
    } else if (start.isAfter(now)) {
      if (lane.timer == null || start.isBefore(lane.timer)) {
        lane.timer = start;
        timers.add(new Timer(start, lane, null));
      }
    } else if (!lane.isListed) {
      lane.isListed = true;
      ready.addLast(lane);
    }
  }

  private void unlist(Instant now) {
    Lane lane = ready.pollFirst();
    lane.isListed = false;
    Instant start = lane.startTime(channel.limits().recipient(), now);
    if (start == null || start.isAfter(now)) {
      arrange(lane, now);
    }
  }

  private void fireTimers(Instant now) {
    while (!timers.isEmpty() && !timers.peek().time.isAfter(now)) {
      Timer timer = timers.poll();
      if (timer.lane != null) {
        timer.lane.timer = null;
        arrange(timer.lane, now);
      } else {
        Queued message = awaited.get(timer.message);
        if (message != null && !message.outbox().dueTime().isAfter(now)) {
          commands.accept(new Command.Decide(message));
        }
      }
    }
  }

  private Lane lane(long conversation) {
    return lanes.computeIfAbsent(conversation, Lane::new);
  }

  private static Id before(Id id) {
    return id.low() != 0 ? new Id(id.high(), id.low() - 1) : new Id(id.high() - 1, -1);
  }

  private record Timer(Instant time, @Nullable Lane lane, @Nullable Id message)
      implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return time.compareTo(other.time);
    }
  }
}
