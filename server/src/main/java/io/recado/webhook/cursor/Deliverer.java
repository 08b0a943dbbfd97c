package io.recado.webhook.cursor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides for all endpoints of this node what is sent next, and what an answer means.
///
/// A state machine for one thread. Promises, for every endpoint: each event is sent until it is
/// delivered, or was refused for the last time; those of one conversation in order; no endpoint
/// waits for another, but that the slow ones share [Allowance#MOST_SLOW] deliveries at once.
public final class Deliverer {

  /// An attempt that takes longer is slow.
  static final Duration SLOW = Duration.ofSeconds(1);

  private final RetryTimes times;
  private final Allowance allowance = new Allowance();
  private final Map<Long, EndpointQueue> queues = new HashMap<>();
  private final Map<Long, Set<EndpointQueue>> byWorkspace = new HashMap<>();
  private final Map<Long, Running> running = new HashMap<>();
  private final Deque<Running> watched = new ArrayDeque<>();
  private final Set<EndpointQueue> fastTurns = new LinkedHashSet<>();
  private final Set<EndpointQueue> slowTurns = new LinkedHashSet<>();
  private final Set<EndpointQueue> moved = new LinkedHashSet<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparing(Alarm::time));
  private List<Command> commands = new ArrayList<>();
  private long tickets;

  /// @param random for jitter
  public Deliverer(RandomGenerator random) {
    this.times = new RetryTimes(random);
  }

  /// Takes in what happened and says what is to be done.
  public List<Command> on(Input input, Instant now) {
    switch (input) {
      case Input.Opened opened -> open(opened, now);
      case Input.Closed(long endpoint) -> close(endpoint);
      case Input.Changed(long endpoint) ->
          with(endpoint, now, (queue, _) -> queue.forgetFailure(now));
      case Input.ReplayAdded(long endpoint, StoredCursor cursor) ->
          with(endpoint, now, (queue, _) -> queue.add(cursor));
      case Input.DueNow(long endpoint, long lane) ->
          with(endpoint, 0, now, (_, cursor) -> cursor.dueNow(lane));
      case Input.Grown(long workspace) -> grown(workspace, now);
      case Input.PageRead page ->
          with(page.endpoint(), page.cursor(), now, (_, cursor) -> cursor.read(page));
      case Input.ReadFailed(long endpoint, int number) ->
          with(endpoint, number, now, (_, cursor) -> cursor.readFailed(EndpointQueue.again(now)));
      case Input.GapFound gap ->
          with(gap.endpoint(), gap.cursor(), now, (queue, cursor) -> queue.gap(cursor, gap));
      case Input.LaneRead read ->
          with(read.endpoint(), read.cursor(), now, (_, cursor) -> cursor.laneRead(read));
      case Input.LaneFailed(long endpoint, int number, long lane) ->
          with(
              endpoint,
              number,
              now,
              (_, cursor) -> cursor.laneFailed(lane, EndpointQueue.again(now)));
      case Input.Ended(long ticket, Answer answer) -> ended(ticket, answer, now);
      case Input.Tick _ -> {}
    }
    tick(now);
    startWhatMay(now);
    List<Command> given = commands;
    commands = new ArrayList<>();
    return given;
  }

  /// What has changed since it was asked last. To be stored together with what was to be recorded
  /// until now.
  public List<Progress> takeProgress(Instant now) {
    List<Progress> changes =
        moved.stream()
            .filter(queue -> !queue.isClosed())
            .flatMap(queue -> queue.takeProgress(now).stream())
            .toList();
    moved.clear();
    return changes;
  }

  /// When there may be something to do, if nothing happens before; null when never.
  public @Nullable Instant nextTime() {
    dropEnded();
    Instant slow = watched.isEmpty() ? null : watched.getFirst().start.plus(SLOW);
    Instant alarm = alarms.isEmpty() ? null : alarms.peek().time;
    return slow == null || (alarm != null && alarm.isBefore(slow)) ? alarm : slow;
  }

  /// How many deliveries are under way that are slow, or may be.
  public int slow() {
    return allowance.slow();
  }

  private void open(Input.Opened opened, Instant now) {
    close(opened.endpoint());
    var queue = new EndpointQueue(opened, times, now);
    queues.put(queue.key, queue);
    byWorkspace.computeIfAbsent(queue.workspace, _ -> new LinkedHashSet<>()).add(queue);
    touch(queue, now);
  }

  private void close(long endpoint) {
    EndpointQueue queue = queues.remove(endpoint);
    if (queue != null) {
      queue.close();
      fastTurns.remove(queue);
      slowTurns.remove(queue);
      moved.remove(queue);
      Set<EndpointQueue> others = byWorkspace.get(queue.workspace);
      others.remove(queue);
      if (others.isEmpty()) {
        byWorkspace.remove(queue.workspace);
      }
    }
  }

  private void grown(long workspace, Instant now) {
    for (EndpointQueue queue : byWorkspace.getOrDefault(workspace, Set.of())) {
      queue.grown();
      touch(queue, now);
    }
  }

  private void with(
      long endpoint, Instant now, BiConsumer<EndpointQueue, @Nullable LogCursor> change) {
    EndpointQueue queue = queues.get(endpoint);
    if (queue != null) {
      change.accept(queue, null);
      touch(queue, now);
    }
  }

  private void with(
      long endpoint, int number, Instant now, BiConsumer<EndpointQueue, LogCursor> change) {
    EndpointQueue queue = queues.get(endpoint);
    if (queue != null && queue.cursor(number).isPresent()) {
      change.accept(queue, queue.cursor(number).get());
      touch(queue, now);
    }
  }

  private void ended(long ticket, Answer answer, Instant now) {
    Running attempt = running.remove(ticket);
    if (attempt == null) {
      return;
    }
    attempt.hasEnded = true;
    allowance.give(attempt.isFast);
    if (!attempt.queue.isClosed()) {
      commands.addAll(attempt.queue.ended(attempt.lane, attempt.place, answer, now));
      touch(attempt.queue, now);
    }
  }

  private void tick(Instant now) {
    dropEnded();
    while (!watched.isEmpty() && !watched.getFirst().start.plus(SLOW).isAfter(now)) {
      Running slow = watched.removeFirst();
      if (slow.isFast) {
        slow.isFast = false;
        allowance.turnSlow();
      }
      if (!slow.queue.isClosed()) {
        slow.queue.turnSlow();
        touch(slow.queue, now);
      }
      dropEnded();
    }
    while (!alarms.isEmpty() && !alarms.peek().time.isAfter(now)) {
      EndpointQueue queue = alarms.poll().queue;
      queue.rang();
      if (!queue.isClosed()) {
        touch(queue, now);
      }
    }
  }

  private void dropEnded() {
    while (!watched.isEmpty() && watched.getFirst().hasEnded) {
      watched.removeFirst();
    }
  }

  /// Something about an endpoint is new.
  private void touch(EndpointQueue queue, Instant now) {
    moved.add(queue);
    commands.addAll(queue.reads(now));
    if (queue.next(now) != null) {
      turns(queue).add(queue);
    }
    Instant next = queue.nextTime();
    if (next != null && next.isAfter(now) && queue.needsAlarm(next)) {
      alarms.add(new Alarm(next, queue));
    }
  }

  private Set<EndpointQueue> turns(EndpointQueue queue) {
    return queue.isFast() ? fastTurns : slowTurns;
  }

  private void startWhatMay(Instant now) {
    startWhatMay(fastTurns, true, now);
    startWhatMay(slowTurns, false, now);
  }

  private void startWhatMay(Set<EndpointQueue> turns, boolean isFast, Instant now) {
    while (!turns.isEmpty() && allowance.hasRoom(isFast)) {
      EndpointQueue queue = turns.iterator().next();
      turns.remove(queue);
      if (queue.isFast() != isFast) {
        touch(queue, now);
        continue;
      }
      Lane lane = queue.next(now);
      if (lane != null) {
        start(queue, lane, isFast, now);
      }
      if (queue.next(now) != null) {
        turns.add(queue);
      }
    }
  }

  private void start(EndpointQueue queue, Lane lane, boolean isFast, Instant now) {
    int attempt = lane.attemptsOfHead() + 1;
    Place place = queue.start(lane);
    var started = new Running(queue, lane, place, now, isFast);
    allowance.take(isFast);
    running.put(++tickets, started);
    watched.add(started);
    commands.add(new Command.Deliver(queue.workspace, place, attempt, tickets));
  }

  private record Alarm(Instant time, EndpointQueue queue) {}

  /// An attempt under way.
  private static final class Running {
    private final EndpointQueue queue;
    private final Lane lane;
    private final Place place;
    private final Instant start;
    private boolean isFast;
    private boolean hasEnded;

    private Running(EndpointQueue queue, Lane lane, Place place, Instant start, boolean isFast) {
      this.queue = queue;
      this.lane = lane;
      this.place = place;
      this.start = start;
      this.isFast = isFast;
    }
  }
}
