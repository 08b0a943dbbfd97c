package io.recado.webhook.cursor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A world in virtual time around the real [Deliverer]: a log, receivers that behave as told, and a
/// database that keeps what the deliverer gives it. For one thread.
final class VirtualWebhooks {

  static final long WORKSPACE = 1;
  static final Instant START = Instant.parse("2026-04-03T10:00:00Z");
  private static final Duration FLUSH = Duration.ofMillis(250);
  private static final Duration READ = Duration.ofMillis(2);

  final Random random;
  final List<Heading> log = new ArrayList<>();
  final Map<Long, Receiver> receivers = new LinkedHashMap<>();
  final List<Try> tries = new ArrayList<>();
  final List<Command.Record> records = new ArrayList<>();
  final List<Command.Disable> disabled = new ArrayList<>();
  long oldest = 1;
  Instant now = START;
  int mostSlow;

  private final Map<Long, Stored> database = new HashMap<>();
  private final Map<Long, Set<Long>> inFlight = new HashMap<>();
  private final PriorityQueue<Due> agenda =
      new PriorityQueue<>(Comparator.comparing(Due::time).thenComparing(Due::number));
  private Deliverer deliverer;
  private int incarnation;
  private long counter;
  private boolean isFlushDue;

  VirtualWebhooks(long seed) {
    random = new Random(seed);
    deliverer = new Deliverer(new Random(seed + 1));
  }

  /// Answers an attempt.
  @FunctionalInterface
  interface Receiver {
    Reply to(Command.Deliver attempt, Instant now);
  }

  /// How a receiver answers.
  record Reply(int status, Duration latency, @Nullable Duration retryAfter) {
    static Reply of(int status, long millis) {
      return new Reply(status, Duration.ofMillis(millis), null);
    }
  }

  /// One attempt, as the receiver saw it.
  record Try(Instant time, Place place, int attempt, int status) {}

  private record Due(Instant time, long number, Runnable action) {}

  private static final class Stored {
    private Standing standing = Standing.NEW;
    private final Map<Integer, StoredCursor> cursors = new TreeMap<>();
    private final Map<Progress.LaneName, StoredLane> lanes = new HashMap<>();
  }

  void addEndpoint(long endpoint, Receiver receiver) {
    receivers.put(endpoint, receiver);
    Stored stored = new Stored();
    stored.cursors.put(0, new StoredCursor(0, log.size(), null));
    database.put(endpoint, stored);
    open(endpoint);
  }

  void addReplay(long endpoint, int number, long after, long until) {
    StoredCursor replay = new StoredCursor(number, after, until);
    database.get(endpoint).cursors.put(number, replay);
    tell(new Input.ReplayAdded(endpoint, replay));
  }

  void append(long... lanes) {
    for (long lane : lanes) {
      log.add(new Heading(log.size() + 1, lane));
    }
    tell(new Input.Grown(WORKSPACE));
  }

  /// The process dies and starts again: what was not stored is lost.
  void restart() {
    incarnation++;
    inFlight.clear();
    deliverer = new Deliverer(new Random(random.nextLong()));
    receivers.keySet().forEach(this::open);
  }

  void open(long endpoint) {
    Stored stored = database.get(endpoint);
    tell(
        new Input.Opened(
            WORKSPACE,
            endpoint,
            stored.standing,
            List.copyOf(stored.cursors.values()),
            List.copyOf(stored.lanes.values())));
  }

  Standing standing(long endpoint) {
    return database.get(endpoint).standing;
  }

  StoredCursor cursor(long endpoint, int number) {
    return database.get(endpoint).cursors.get(number);
  }

  int lanes(long endpoint) {
    return database.get(endpoint).lanes.size();
  }

  int inFlight(long endpoint) {
    return inFlight.getOrDefault(endpoint, Set.of()).size();
  }

  void in(Duration delay, Runnable action) {
    agenda.add(new Due(now.plus(delay), counter++, action));
  }

  void runFor(Duration time) {
    runUntil(now.plus(time));
  }

  void runUntil(Instant end) {
    while (true) {
      Instant tick = deliverer.nextTime();
      Instant next = agenda.isEmpty() ? null : agenda.peek().time;
      boolean isTick = tick != null && (next == null || !tick.isAfter(next));
      Instant time = isTick ? tick : next;
      if (time == null || time.isAfter(end)) {
        now = end;
        return;
      }
      now = time.isAfter(now) ? time : now;
      if (isTick) {
        tell(new Input.Tick());
      } else {
        agenda.poll().action.run();
      }
    }
  }

  /// Events that one endpoint was told, in order, each once.
  List<Long> firstDeliveries(long endpoint, long lane) {
    List<Long> told = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (Try one : tries) {
      boolean isOf = one.place.endpoint() == endpoint && one.place.cursor() == 0;
      if (isOf && one.status / 100 == 2 && one.place.lane() == lane) {
        if (seen.add(one.place.position())) {
          told.add(one.place.position());
        }
      }
    }
    return told;
  }

  Set<Long> failed(long endpoint) {
    Set<Long> failed = new HashSet<>();
    for (Command.Record record : records) {
      if (record.place().endpoint() == endpoint && record.state() == Command.State.FAILED) {
        failed.add(record.place().position());
      }
    }
    return failed;
  }

  void tell(Input input) {
    deliverer.on(input, now).forEach(this::carryOut);
    flushSoon();
    mostSlow = Math.max(mostSlow, deliverer.slow());
  }

  private void carryOut(Command command) {
    int life = incarnation;
    switch (command) {
      case Command.ReadPage read -> in(READ, () -> ifAlive(life, () -> page(read)));
      case Command.ReadLane read -> in(READ, () -> ifAlive(life, () -> lane(read)));
      case Command.Deliver attempt -> deliver(attempt, life);
      case Command.Record record -> records.add(record);
      case Command.Disable disable -> {
        disabled.add(disable);
        store();
        tell(new Input.Closed(disable.endpoint()));
      }
    }
  }

  private void ifAlive(int life, Runnable action) {
    if (life == incarnation) {
      action.run();
    }
  }

  private void page(Command.ReadPage read) {
    if (random.nextInt(200) == 0) {
      tell(new Input.ReadFailed(read.endpoint(), read.cursor()));
      return;
    }
    if (read.after() + 1 < oldest) {
      log.add(new Heading(log.size() + 1, 0));
      tell(new Input.GapFound(read.endpoint(), read.cursor(), oldest, log.size()));
      return;
    }
    long upTo = Math.min(read.after() + read.limit(), log.size());
    tell(
        new Input.PageRead(
            read.endpoint(),
            read.cursor(),
            read.after(),
            List.copyOf(log.subList((int) read.after(), (int) upTo)),
            upTo,
            upTo == log.size()));
  }

  private void lane(Command.ReadLane read) {
    if (random.nextInt(50) == 0) {
      tell(new Input.LaneFailed(read.endpoint(), read.cursor(), read.lane()));
      return;
    }
    List<Long> positions = new ArrayList<>();
    long position = Math.max(read.after(), oldest - 1);
    while (position < Math.min(read.upTo(), log.size()) && positions.size() < 16) {
      Heading heading = log.get((int) position++);
      if (heading.lane() == read.lane()) {
        positions.add(heading.position());
      }
    }
    tell(
        new Input.LaneRead(
            read.endpoint(), read.cursor(), read.lane(), read.after(), positions, position));
  }

  private void deliver(Command.Deliver attempt, int life) {
    Place place = attempt.place();
    Set<Long> busy = inFlight.computeIfAbsent(place.endpoint(), _ -> new HashSet<>());
    if (!busy.add(place.cursor() * 1_000_000_007L + place.lane())) {
      throw new AssertionError("two at once of one lane: " + place);
    }
    if (busy.size() > 8) {
      throw new AssertionError("more than 8 at once to endpoint " + place.endpoint());
    }
    Instant start = now;
    Reply reply = receivers.get(place.endpoint()).to(attempt, now);
    tries.add(new Try(now, place, attempt.attempt(), reply.status));
    in(
        reply.latency,
        () ->
            ifAlive(
                life,
                () -> {
                  busy.remove(place.cursor() * 1_000_000_007L + place.lane());
                  tell(
                      new Input.Ended(
                          attempt.ticket(),
                          new Answer(
                              Answer.Kind.of(reply.status),
                              start,
                              reply.latency,
                              reply.status,
                              "",
                              reply.retryAfter)));
                }));
  }

  private void flushSoon() {
    if (!isFlushDue) {
      isFlushDue = true;
      in(
          FLUSH,
          () -> {
            isFlushDue = false;
            store();
          });
    }
  }

  private void store() {
    for (Progress progress : deliverer.takeProgress(now)) {
      Stored stored = database.get(progress.endpoint());
      stored.standing = progress.standing();
      progress.cursors().forEach(cursor -> stored.cursors.put(cursor.number(), cursor));
      progress.finished().forEach(stored.cursors::remove);
      progress.caughtUp().forEach(stored.lanes::remove);
      progress
          .lanes()
          .forEach(
              lane -> stored.lanes.put(new Progress.LaneName(lane.cursor(), lane.lane()), lane));
    }
  }
}
