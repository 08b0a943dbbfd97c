package io.recado.webhook.cursor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One endpoint: what is to be told to it, and whether it can be told now.
///
/// It is *failing* when an attempt found nobody there, or nobody who could take it, and nothing
/// else was taken meanwhile. Then it is left alone but for one event at a time, which probes it;
/// the first success resumes everything, and waiting has used up no attempts.
final class EndpointQueue {

  /// How many conversations are in flight at once to an endpoint that answers at once.
  static final int MOST_IN_FLIGHT = 8;

  /// Every so many probes another conversation is tried, so that an event which alone brings the
  /// endpoint down is found out.
  private static final int OTHER_PROBE = 3;

  /// How many events are held of an endpoint, and of one that is failing or slow.
  private static final int ROOM = 256;

  private static final int LITTLE_ROOM = 16;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  final long workspace;
  final long key;
  private final RetryTimes times;
  private final List<LogCursor> cursors = new ArrayList<>();
  private final List<Integer> finished = new ArrayList<>();
  private Standing standing;
  private int inFlight;
  private int probes;
  private @Nullable Instant nextProbe;
  private @Nullable Lane probing;
  private @Nullable Lane suspect;
  private @Nullable Instant alarm;
  private boolean isClosed;
  private boolean isStopped;
  private int turn;
  private @Nullable Progress taken;

  EndpointQueue(Input.Opened opened, RetryTimes times, Instant now) {
    this.workspace = opened.workspace();
    this.key = opened.endpoint();
    this.times = times;
    this.standing = opened.standing();
    for (StoredCursor cursor : opened.cursors()) {
      cursors.add(new LogCursor(cursor));
    }
    opened.lanes().forEach(lane -> cursor(lane.cursor()).ifPresent(c -> c.restore(lane, now)));
    nextProbe = isFailing() ? now : null;
  }

  Optional<LogCursor> cursor(int number) {
    return cursors.stream().filter(cursor -> cursor.number() == number).findFirst();
  }

  void add(StoredCursor replay) {
    if (cursor(replay.number()).isEmpty()) {
      cursors.add(new LogCursor(replay));
    }
  }

  void close() {
    isClosed = true;
  }

  boolean isClosed() {
    return isClosed;
  }

  /// Whether nobody wakes it by then; somebody does from now on.
  boolean needsAlarm(Instant time) {
    if (alarm != null && !time.isBefore(alarm)) {
      return false;
    }
    alarm = time;
    return true;
  }

  /// An alarm rang.
  void rang() {
    alarm = null;
  }

  boolean isFailing() {
    return standing.failingSince() != null;
  }

  boolean isFast() {
    return standing.fast() && !isFailing();
  }

  /// It has another address: it is tried at once.
  void forgetFailure(Instant now) {
    standing = new Standing(null, null, Failures.NONE, standing.successTime(), false);
    nextProbe = null;
    probes = 0;
    suspect = null;
  }

  /// An attempt takes long: no more than one at a time from now on.
  void turnSlow() {
    standing = standing.withFast(false);
    cursors.forEach(cursor -> cursor.shrink(LITTLE_ROOM));
  }

  private void turnFast(Answer answer) {
    standing = standing.withFast(answer.latency().compareTo(Deliverer.SLOW) < 0);
  }

  /// What is to be read now.
  List<Command> reads(Instant now) {
    if (isStopped) {
      return List.of();
    }
    List<Command> reads = new ArrayList<>();
    int room = isFast() ? ROOM : LITTLE_ROOM;
    for (LogCursor cursor : cursors) {
      cursor.release(now);
      Long after = cursor.pageAfter(room, now);
      if (after != null) {
        reads.add(new Command.ReadPage(workspace, key, cursor.number(), after, room));
      }
      for (Lane lane : cursor.load(mayLoad(cursor, now))) {
        reads.add(
            new Command.ReadLane(workspace, key, cursor.number(), lane.id, lane.done, lane.last));
      }
    }
    return reads;
  }

  /// How many lanes of a cursor may be looked for or wait. While it is failing one beside the
  /// suspect is enough, to probe with.
  private int mayLoad(LogCursor cursor, Instant now) {
    if (!isFailing()) {
      return MOST_IN_FLIGHT;
    }
    return isProbeDue(now) && isSuspectAlone() ? cursor.ready().size() + 1 : 0;
  }

  private boolean isSuspectAlone() {
    return ready().allMatch(lane -> lane == suspect);
  }

  /// The lane that goes next; null when none can.
  @Nullable Lane next(Instant now) {
    if (isClosed || isStopped || inFlight >= (isFast() ? MOST_IN_FLIGHT : 1)) {
      return null;
    }
    if (isFailing()) {
      return isProbeDue(now) ? probe() : null;
    }
    // In turns, so that a replay does not hold up what happens now.
    for (int i = 0; i < cursors.size(); i++) {
      LogCursor cursor = cursors.get((turn + i) % cursors.size());
      Lane lane = cursor.next();
      if (lane != null) {
        return lane;
      }
    }
    return null;
  }

  private boolean isProbeDue(Instant now) {
    return nextProbe == null || !nextProbe.isAfter(now);
  }

  private @Nullable Lane probe() {
    Comparator<Lane> oldest = Comparator.comparingLong(Lane::head);
    Optional<Lane> other =
        probes % OTHER_PROBE == OTHER_PROBE - 1
            ? ready().filter(lane -> lane != suspect).min(oldest)
            : Optional.empty();
    return other.or(() -> ready().min(oldest)).orElse(null);
  }

  private Stream<Lane> ready() {
    return cursors.stream().flatMap(cursor -> cursor.ready().stream());
  }

  Place start(Lane lane) {
    inFlight++;
    turn = cursors.indexOf(lane.cursor) + 1;
    lane.cursor.start(lane);
    probing = isFailing() ? lane : null;
    return new Place(key, lane.cursor.number(), lane.id, lane.head());
  }

  /// Takes in what came of an attempt.
  ///
  /// @return what is to be kept of it, and what follows
  List<Command> ended(Lane lane, Place place, Answer answer, Instant now) {
    inFlight--;
    boolean wasProbe = lane == probing;
    probing = wasProbe ? null : probing;
    return switch (answer.kind()) {
      case SKIPPED -> {
        lane.cursor.finish(lane);
        yield List.of();
      }
      case DELIVERED -> delivered(lane, place, answer, now);
      case GONE -> {
        isStopped = true;
        lane.cursor.putBack(lane);
        yield List.of(
            record(lane, place, answer, Command.State.RETRYING, null),
            new Command.Disable(workspace, key, Command.Cause.GONE));
      }
      case REFUSED -> refused(lane, place, answer, now);
      case UNAVAILABLE ->
          wasTakenSince(lane, answer)
              ? refused(lane, place, answer, now)
              : failed(lane, place, answer, wasProbe, now);
    };
  }

  private List<Command> delivered(Lane lane, Place place, Answer answer, Instant now) {
    Command record = record(lane, place, answer, Command.State.DELIVERED, null);
    standing = new Standing(null, null, Failures.NONE, now, false);
    turnFast(answer);
    nextProbe = null;
    probes = 0;
    suspect = lane == suspect ? null : suspect;
    lane.cursor.finish(lane);
    return List.of(record);
  }

  /// Whether something else was taken since this event was first tried in vain: then it is the
  /// event that the endpoint cannot take.
  private boolean wasTakenSince(Lane lane, Answer answer) {
    Instant since = lane.failedSince == null ? answer.startTime() : lane.failedSince;
    return standing.successTime() != null && standing.successTime().isAfter(since);
  }

  private List<Command> refused(Lane lane, Place place, Answer answer, Instant now) {
    int attempts = lane.attemptsOfHead() + 1;
    Optional<Instant> due = times.refused(attempts, answer.retryAfter()).map(now::plus);
    Command record =
        record(
            lane,
            place,
            answer,
            due.isPresent() ? Command.State.RETRYING : Command.State.FAILED,
            due.orElse(null));
    due.ifPresentOrElse(
        time -> lane.cursor.refuse(lane, answer.startTime(), time), () -> lane.cursor.finish(lane));
    turnFast(answer);
    // Somebody is there: the next event may be taken.
    nextProbe = null;
    return withFailure(record, standing.failingSince(), standing.failure(), now);
  }

  private List<Command> failed(
      Lane lane, Place place, Answer answer, boolean wasProbe, Instant now) {
    lane.failedSince = lane.failedSince == null ? answer.startTime() : lane.failedSince;
    probes = isFailing() ? probes : 0;
    suspect = wasProbe || !isFailing() ? lane : suspect;
    Instant since = isFailing() ? standing.failingSince() : answer.startTime();
    if (!isFailing() || wasProbe) {
      Duration failing = Duration.between(since, now);
      nextProbe = now.plus(times.failing(probes++, failing, answer.retryAfter()));
    }
    Command record = record(lane, place, answer, Command.State.RETRYING, nextProbe);
    lane.cursor.putBack(lane);
    cursors.forEach(cursor -> cursor.shrink(LITTLE_ROOM));
    if (lane == suspect && lane.isReady() && isSuspectAlone()) {
      lane.cursor.passBy(lane); // perhaps another conversation is behind it, to probe with
    }
    return withFailure(record, since, failure(answer), now);
  }

  private List<Command> withFailure(
      Command record, @Nullable Instant since, @Nullable String failure, Instant now) {
    Failures failures = standing.failures().with(now);
    standing = new Standing(since, failure, failures, standing.successTime(), standing.fast());
    isStopped = failures.isTooLong();
    return isStopped
        ? List.of(record, new Command.Disable(workspace, key, Command.Cause.FAILING))
        : List.of(record);
  }

  private static String failure(Answer answer) {
    return answer.status() == 0 ? answer.text() : Integer.toString(answer.status());
  }

  private Command record(
      Lane lane, Place place, Answer answer, Command.State state, @Nullable Instant due) {
    return new Command.Record(workspace, place, lane.attemptsOfHead() + 1, answer, state, due);
  }

  /// The log begins later than the cursor.
  void gap(LogCursor cursor, Input.GapFound gap) {
    cursor.skipTo(gap.oldest());
    if (gap.notice() > 0) {
      cursor.addFirst(gap.notice());
    }
  }

  void grown() {
    cursors.forEach(LogCursor::grown);
  }

  static Instant again(Instant now) {
    return now.plus(PAUSE);
  }

  /// When there may be something to do, if nothing happens before; null when never.
  @Nullable Instant nextTime() {
    Instant next = isFailing() && inFlight == 0 && hasWork() ? nextProbe : null;
    for (LogCursor cursor : cursors) {
      Instant time = cursor.nextTime();
      next = next == null || (time != null && time.isBefore(next)) ? time : next;
    }
    return next;
  }

  private boolean hasWork() {
    return ready().findAny().isPresent() || cursors.stream().anyMatch(LogCursor::hasToLoad);
  }

  /// What has changed since it was asked last; empty when nothing has.
  Optional<Progress> takeProgress(Instant now) {
    for (LogCursor cursor : List.copyOf(cursors)) {
      if (cursor.isFinished()) {
        finished.add(cursor.number());
        cursors.remove(cursor);
      }
    }
    if (isAsTaken()) {
      return Optional.empty();
    }
    List<StoredLane> lanes = new ArrayList<>();
    List<Progress.LaneName> caughtUp = new ArrayList<>();
    cursors.forEach(cursor -> cursor.takeChanges(now, lanes, caughtUp));
    var progress =
        new Progress(
            workspace,
            key,
            standing,
            cursors.stream().map(LogCursor::stored).toList(),
            lanes,
            caughtUp,
            List.copyOf(finished));
    finished.clear();
    taken = progress;
    return Optional.of(progress);
  }

  /// Thousands of endpoints that do not come on are asked for their progress again and again.
  private boolean isAsTaken() {
    if (taken == null
        || !finished.isEmpty()
        || !standing.equals(taken.standing())
        || cursors.size() != taken.cursors().size()) {
      return false;
    }
    for (int i = 0; i < cursors.size(); i++) {
      if (cursors.get(i).hasChanges() || !cursors.get(i).stored().equals(taken.cursors().get(i))) {
        return false;
      }
    }
    return true;
  }
}
