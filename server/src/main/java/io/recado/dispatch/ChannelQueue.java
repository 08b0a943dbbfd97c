package io.recado.dispatch;

import io.recado.channel.Channel;
import io.recado.channel.Channel.InDoubt.Policy;
import io.recado.channel.Channel.RecipientLimit;
import io.recado.dispatch.Input.Signal;
import io.recado.journal.Id;
import io.recado.message.OutboxRow;
import io.recado.message.Priority;
import io.recado.message.Queued;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What one channel has to send: a lane per conversation, taking turns, within the channel's
/// budget. Pure; for one thread.
///
/// Keeps a bounded window of the outbox in memory and reads the rest when there is room again: the
/// channel's page by page, a long lane's by its numbers.
final class ChannelQueue {

  /// How many messages are kept in memory, but for urgent ones that stand first in their lane.
  static final int MAX_QUEUED = 10_000;

  /// How many messages are kept in memory in any case: a campaign leaves room for what is urgent.
  static final int MAX_WITH_FIRSTS = 2 * MAX_QUEUED;

  /// How many attempts may be under way at once.
  static final int MAX_IN_FLIGHT = 1_024;

  /// How many rows are read at once.
  static final int PAGE = 1_000;

  private final Consumer<Command> commands;
  private final Map<Long, Lane> lanes = new HashMap<>();
  private final Turns ready = new Turns();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Map<Id, Queued> awaited = new HashMap<>();
  private final Map<Priority, OutboxCursor> cursors = new EnumMap<>(Priority.class);
  private final Budget budget;
  private Channel channel;
  private int queued;
  private int inFlight;

  ChannelQueue(Channel channel, Consumer<Command> commands) {
    this.channel = channel;
    this.commands = commands;
    this.budget = new Budget(channel.limits().messagesPerSecond());
    for (Priority priority : Priority.values()) {
      cursors.put(priority, new OutboxCursor());
    }
  }

  void channel(Channel now) {
    channel = now;
    budget.limit(now.limits().messagesPerSecond());
  }

  void arrived(Queued message, Instant now) {
    if (message.outbox().state() == OutboxRow.State.SCHEDULED) {
      // Nobody's predecessor before it is due; it arrives again then.
      return;
    }
    Lane lane = lane(message.conversation());
    Priority priority = message.outbox().priority();
    if (queued < (lane.head() == null ? room(priority) : MAX_QUEUED)) {
      add(lane, message, now);
    } else if (lane.head() != null) {
      lane.leaveStored(message.seq());
    } else {
      cursors.get(priority).missed(message.id());
      arrange(lane, now);
    }
  }

  void loaded(Priority priority, List<Queued> page, boolean isLast, Instant now) {
    for (Queued message : page) {
      add(lane(message.conversation()), message, now);
    }
    cursors.get(priority).endReading(page.isEmpty() ? null : page.getLast().id(), isLast);
  }

  /// Reads everything again, as something may be there that is not known. Until then no message
  /// goes before the database says that its turn has come.
  void reread(Instant now) {
    cursors.values().forEach(OutboxCursor::restart);
    advance(now);
  }

  void laneLoaded(long conversation, List<Queued> page, boolean isLast, Instant now) {
    Lane lane = lane(conversation);
    lane.endReading(page, isLast);
    for (Queued message : page) {
      add(lane, message, now);
    }
    arrange(lane, now);
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
    // One that was settled meanwhile has left already.
    if (awaited.remove(message.id(), message)) {
      lane(message.conversation()).release(message.id());
      settle(message, next, now);
    }
  }

  void returned(Queued message, Instant now) {
    awaited.remove(message.id());
    Lane lane = lane(message.conversation());
    lane.release(message.id());
    int before = lane.size();
    lane.readmit(message);
    queued += lane.size() - before;
    arrange(lane, now);
  }

  void settledElsewhere(long conversation, Id message, Instant now) {
    awaited.remove(message);
    Lane lane = lanes.get(conversation);
    if (lane != null) {
      int before = lane.size();
      lane.settled(message);
      queued += lane.size() - before;
      arrange(lane, now);
    }
  }

  /// Starts what may start now, and asks for more when there is room.
  void advance(Instant now) {
    fireTimers(now);
    while (channel.isSending() && inFlight < MAX_IN_FLIGHT && !ready.isEmpty()) {
      Lane lane = ready.peek();
      Instant start = lane.startTime(recipientLimit(), now);
      if (start != null && !start.isAfter(now)) {
        if (!budget.tryTake(now)) {
          break;
        }
        ready.poll();
        start(lane, now);
      } else {
        ready.poll();
        arrange(lane, now);
      }
    }
    for (Priority priority : Priority.values()) {
      OutboxCursor cursor = cursors.get(priority);
      if (cursor.wantsMore() && queued + PAGE <= room(priority)) {
        Id after = cursor.startReading();
        commands.accept(new Command.Load(channel.workspace(), channel.key(), priority, after));
      }
      if (!cursor.isWhole()) {
        // What is less urgent finds its room afterwards.
        break;
      }
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

  /// How many messages, lanes and timers are kept in memory.
  int size() {
    return queued + awaited.size() + lanes.size() + timers.size();
  }

  private static int room(Priority priority) {
    return priority == Priority.HIGH ? MAX_WITH_FIRSTS : MAX_QUEUED;
  }

  /// Whether every unfinished message is known, or left to its lane.
  private boolean isWhole() {
    return cursors.values().stream().allMatch(OutboxCursor::isWhole);
  }

  private void start(Lane lane, Instant now) {
    Queued head = lane.head();
    lane.start(recipientLimit(), now);
    inFlight++;
    commands.accept(new Command.Start(head, !isWhole() && !lane.knowsPrevious(head)));
  }

  private void settle(Queued message, Next next, Instant now) {
    Lane lane = lane(message.conversation());
    int before = lane.size();
    switch (next) {
      case Next.Sent _, Next.Failed _, Next.Settled _ -> lane.leave(message);
      case Next.Again(OutboxRow row) -> lane.comeBack(message.with(row));
      case Next.FallBack(OutboxRow row) -> lane.comeBack(message.fallingBack(row));
      case Next.Awaited(OutboxRow row) -> {
        boolean wasSettled = lane.wasSettled(message.id());
        lane.leave(message);
        if (!wasSettled) {
          await(lane, message.with(row), now);
        }
      }
      case Next.Behind _ -> {
        OutboxRow row = message.outbox();
        lane.comeBack(
            message.with(
                row.waiting(row.spent(), row.throttled(), now.plusSeconds(1), row.waitReason())));
      }
    }
    queued += lane.size() - before;
    arrange(lane, now);
  }

  private void await(Lane lane, Queued message, Instant now) {
    awaited.put(message.id(), message);
    Instant decision = message.outbox().dueTime();
    timers.add(new Timer(decision, null, message.id()));
    if (message.outbox().state() == OutboxRow.State.IN_DOUBT) {
      Instant hold = now.plus(channel.inDoubt().laneHold());
      if (channel.inDoubt().policy() == Policy.RESEND) {
        // What may be sent again must not be overtaken, however long deciding takes.
        lane.hold(message.id(), Instant.MAX);
      } else {
        lane.hold(message.id(), decision.isBefore(hold) ? decision : hold);
      }
    }
  }

  private void add(Lane lane, Queued message, Instant now) {
    int before = lane.size();
    if (!awaited.containsKey(message.id()) && !lane.isInFlight(message.id())) {
      switch (message.outbox().state()) {
        case WAITING -> lane.add(message);
        case IN_DOUBT, HELD -> await(lane, message, now);
        // Known already: the attempts of an earlier life are in doubt since the start.
        case IN_FLIGHT -> {}
        case SCHEDULED -> throw new IllegalStateException("read before it is due");
      }
    }
    queued += lane.size() - before;
    arrange(lane, now);
  }

  /// Puts a lane where it belongs: among the ready ones, to wait for a time, or out of memory.
  private void arrange(Lane lane, Instant now) {
    if (lane.wantsMore(queued >= MAX_QUEUED / 2)) {
      int limit = queued >= MAX_QUEUED / 2 ? 1 : Lane.WINDOW;
      commands.accept(
          new Command.LoadLane(
              channel.workspace(), channel.key(), lane.conversation(), lane.startReading(), limit));
    }
    Instant start = lane.startTime(recipientLimit(), now);
    if (start != null && !start.isAfter(now)) {
      ready.add(lane);
    } else if (start != null) {
      wake(lane, start);
      Queued noted = lane.noteWait(recipientLimit(), start, now);
      if (noted != null) {
        commands.accept(new Command.Note(noted));
      }
    } else if (lane.isIdle() && lane.turn == null) {
      Instant until = lane.rememberUntil(now);
      if (!until.isAfter(now)) {
        lanes.remove(lane.conversation(), lane);
      } else if (until.isBefore(Instant.MAX)) {
        wake(lane, until);
      }
    }
  }

  private void wake(Lane lane, Instant time) {
    if (lane.timer == null || time.isBefore(lane.timer)) {
      lane.timer = time;
      timers.add(new Timer(time, lane, null));
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

  private @Nullable RecipientLimit recipientLimit() {
    return channel.limits().recipient();
  }

  private record Timer(Instant time, @Nullable Lane lane, @Nullable Id message)
      implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return time.compareTo(other.time);
    }
  }
}
