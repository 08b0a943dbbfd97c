package io.recado.dispatch;

import io.recado.channel.Channel;
import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.Limits;
import io.recado.connector.Connector.ChannelSettings;
import io.recado.connector.Content;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.SendOutcome;
import io.recado.dispatch.Input.Signal;
import io.recado.journal.Id;
import io.recado.json.JsonObject;
import io.recado.message.OutboxRow;
import io.recado.message.OutboxRow.State;
import io.recado.message.Priority;
import io.recado.message.Queued;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The real dispatcher and the real retry schedule in virtual time, with an outbox in memory and a
/// provider that takes 60 ms to answer. For figures: how much goes through, and who waits for whom.
final class FiguresWorld {

  static final Instant START = DispatchWorld.START;
  private static final Duration LATENCY = Duration.ofMillis(60);
  private static final Duration READING = Duration.ofMillis(2);

  /// What the provider makes of a call that arrives now.
  Function<Queued, SendOutcome> provider = _ -> accepted();

  final List<Call> accepted = new ArrayList<>();
  final List<Queued> failed = new ArrayList<>();
  final Map<Long, Instant> firstCalls = new HashMap<>();
  Instant now = START;
  int calls;
  int maxSize;
  private final Dispatcher dispatcher = new Dispatcher();
  private final RetrySchedule schedule = new RetrySchedule(new Random(7));
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<Long, TreeMap<Id, Queued>> outbox = new HashMap<>();
  private final Map<Long, TreeMap<Long, Queued>> lanes = new HashMap<>();
  private final Map<Long, Long> seqs = new HashMap<>();
  private Instant ticking = Instant.MAX;
  private int ids;
  private long order;

  static SendOutcome accepted() {
    return new SendOutcome.Accepted("w", null, false, ProviderAnswer.ofStatus(200));
  }

  static SendOutcome throttled(SendOutcome.Scope scope) {
    return new SendOutcome.Throttled(scope, ProviderAnswer.ofStatus(429), null);
  }

  void channel(long key, Channel.State state, Limits limits) {
    outbox.put(key, new TreeMap<>());
    tell(
        new Input.ChannelIs(
            new Channel(
                key,
                1,
                new Id(1, (int) key),
                "PIGEON",
                null,
                null,
                state,
                null,
                null,
                new ChannelSettings(JsonObject.empty()),
                limits,
                InDoubt.DEFAULT,
                List.of(),
                null,
                START,
                START)));
  }

  void accept(long channel, long conversation) {
    long seq = seqs.merge(conversation, 1L, Long::sum);
    OutboxRow row = OutboxRow.first(seq - 1, now, now.plus(Duration.ofDays(1)), Priority.HIGH);
    var queued =
        new Queued(
            1,
            channel,
            conversation,
            seq,
            new Id(1, ++ids),
            new Content.Text("t"),
            null,
            null,
            now,
            row);
    store(queued, row);
    tell(new Input.Arrived(queued));
  }

  /// Does something later.
  void at(Instant time, Runnable action) {
    events.add(new Event(time, order++, action));
  }

  /// Lives on until a time.
  void runUntil(Instant end) {
    while (!events.isEmpty() && !events.peek().time.isAfter(end)) {
      Event event = events.poll();
      now = event.time;
      event.action.run();
    }
    now = end;
  }

  int waiting(long channel) {
    return outbox.get(channel).size();
  }

  private void store(Queued queued, @Nullable OutboxRow row) {
    var lane = lanes.computeIfAbsent(queued.conversation(), _ -> new TreeMap<>());
    if (row == null) {
      outbox.get(queued.channel()).remove(queued.id());
      lane.remove(queued.seq());
    } else {
      outbox.get(queued.channel()).put(queued.id(), queued.with(row));
      lane.put(queued.seq(), queued.with(row));
    }
  }

  private void tell(Input input) {
    dispatcher.on(input, now).forEach(this::carryOut);
    maxSize = Math.max(maxSize, dispatcher.size());
    Instant next = dispatcher.nextTime(now);
    if (next != null && (next.isBefore(ticking) || !ticking.isAfter(now))) {
      ticking = next;
      at(next, () -> tell(new Input.Tick()));
    }
  }

  private void carryOut(Command command) {
    switch (command) {
      case Command.Start(Queued queued, boolean check) -> start(queued, check);
      case Command.Load load -> at(now.plus(READING), () -> tell(page(load)));
      case Command.LoadLane lane -> at(now.plus(READING), () -> tell(page(lane)));
      case Command.Note _ -> {}
      case Command.Decide _ -> throw new AssertionError("nothing is in doubt here");
    }
  }

  private void start(Queued queued, boolean check) {
    Queued stored = outbox.get(queued.channel()).get(queued.id());
    boolean isBehind = lanes.get(queued.conversation()).firstKey() < queued.seq();
    if (stored == null || check && isBehind) {
      Next next = stored == null ? new Next.Settled() : new Next.Behind();
      at(now, () -> tell(new Input.Ended(queued, next, new Signal.None())));
      return;
    }
    if (isBehind) {
      throw new AssertionError("out of order: " + queued);
    }
    Queued started = queued.with(stored.outbox().started(now));
    store(started, started.outbox());
    firstCalls.putIfAbsent(queued.conversation(), now);
    at(now.plus(LATENCY.dividedBy(2)), () -> call(started));
  }

  private void call(Queued started) {
    calls++;
    SendOutcome outcome = provider.apply(started);
    if (outcome instanceof SendOutcome.Accepted) {
      accepted.add(new Call(started, now));
    }
    at(now.plus(LATENCY.dividedBy(2)), () -> ended(started, outcome));
  }

  private void ended(Queued started, SendOutcome outcome) {
    Next next = schedule.after(outcome, started.outbox(), InDoubt.DEFAULT, now);
    store(started, next instanceof Next.Again(OutboxRow row) ? row : null);
    if (next instanceof Next.Failed) {
      failed.add(started);
    }
    tell(new Input.Ended(started, next, Sending.signal(outcome)));
  }

  private Input page(Command.Load load) {
    List<Queued> page =
        outbox.get(load.channel()).tailMap(load.after(), false).values().stream()
            .filter(queued -> queued.outbox().priority() == load.priority())
            .limit(ChannelQueue.PAGE)
            .toList();
    return new Input.Loaded(load.channel(), load.priority(), page, page.size() < ChannelQueue.PAGE);
  }

  private Input page(Command.LoadLane lane) {
    List<Queued> page =
        lanes
            .getOrDefault(lane.conversation(), new TreeMap<>())
            .tailMap(lane.from(), true)
            .values()
            .stream()
            .filter(queued -> queued.outbox().state() != State.SCHEDULED)
            .limit(lane.limit())
            .toList();
    return new Input.LaneLoaded(
        lane.channel(), lane.conversation(), page, page.size() < lane.limit());
  }

  /// A call that the provider accepted.
  record Call(Queued queued, Instant time) {

    /// From acceptance here to acceptance there.
    Duration waited() {
      return Duration.between(queued.createTime(), time);
    }
  }

  private record Event(Instant time, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = time.compareTo(other.time);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /// A limit as providers keep it: a bucket of some calls, filled at a steady rate.
  static final class Bucket {

    private final double perSecond;
    private final double burst;
    private double tokens;
    private Instant filled = START;

    Bucket(double perSecond, double burst) {
      this.perSecond = perSecond;
      this.burst = burst;
      tokens = burst;
    }

    boolean take(Instant now) {
      double seconds = Duration.between(filled, now).toNanos() / 1e9;
      tokens = Math.min(burst, tokens + seconds * perSecond);
      filled = now;
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    }
  }
}
