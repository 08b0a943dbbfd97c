package io.recado.webhook.cursor;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How far an endpoint, or a replay, has come in the log, and what of it is still to be delivered.
final class LogCursor {

  /// More lanes than this apart, and the cursor waits for some to catch up: an endpoint that
  /// refuses so many refuses everything.
  static final int MOST_APART = 10_000;

  private static final Comparator<Lane> BY_DUE =
      Comparator.comparing((Lane lane) -> lane.due).thenComparing(lane -> lane.id);

  private final int number;
  private final @Nullable Long until;
  private final Map<Long, Lane> lanes = new HashMap<>();
  private final TreeSet<Long> open = new TreeSet<>();
  private final Set<Lane> ready = new LinkedHashSet<>();
  private final Set<Lane> toLoad = new LinkedHashSet<>();
  private final TreeSet<Lane> resting = new TreeSet<>(BY_DUE);
  private final Set<Long> changed = new LinkedHashSet<>();
  private long readTo;
  private boolean isReading;
  private boolean isAtEnd;
  private boolean hasGrown;
  private @Nullable Instant readAgain;
  private int apart;
  private int loading;
  private @Nullable Lane notice;

  LogCursor(StoredCursor stored) {
    this.number = stored.number();
    this.until = stored.until();
    this.readTo = stored.position();
  }

  int number() {
    return number;
  }

  /// Takes up a lane that did not keep up.
  void restore(StoredLane stored, Instant now) {
    Lane lane = new Lane(this, stored.lane(), stored.position() - 1);
    lane.last = Math.max(readTo, stored.position());
    lane.isApart = true;
    lane.attempts = stored.attempts();
    lane.attempted = stored.position();
    apart++;
    lanes.put(lane.id, lane);
    if (stored.dueTime().isAfter(now)) {
      rest(lane, stored.dueTime());
    } else {
      toLoad.add(lane);
    }
  }

  /// Where to read on; null when there is nothing to read, or no room for it.
  ///
  /// @param room how many events may be held
  @Nullable Long pageAfter(int room, Instant now) {
    boolean mayRead = !isReading && !isAtEnd && (readAgain == null || !readAgain.isAfter(now));
    if (!mayRead || open.size() > room / 2 || apart >= MOST_APART || isReadUp()) {
      return null;
    }
    isReading = true;
    hasGrown = false;
    return readTo;
  }

  /// There may be more to read.
  void grown() {
    isAtEnd = false;
    hasGrown = true;
  }

  void readFailed(Instant again) {
    isReading = false;
    readAgain = again;
  }

  void read(Input.PageRead page) {
    isReading = false;
    readAgain = null;
    if (page.after() != readTo) {
      return; // what was held has been let go meanwhile, and is read again
    }
    for (Heading heading : page.headings()) {
      if (until == null || heading.position() <= until) {
        add(heading);
      }
    }
    readTo = page.upTo();
    // What was read may be older than the word that there is more.
    isAtEnd = page.isEnd() && !hasGrown;
  }

  /// Goes on at the log's beginning.
  void skipTo(long oldest) {
    isReading = false;
    readTo = Math.max(readTo, oldest - 1);
  }

  private void add(Heading heading) {
    Lane lane =
        lanes.computeIfAbsent(heading.lane(), id -> new Lane(this, id, heading.position() - 1));
    lane.last = heading.position();
    if (!lane.isApart && lane.queue.size() >= Lane.MOST_HELD) {
      setApart(lane);
    }
    if (!lane.isApart) {
      lane.queue.add(heading.position());
      open.add(heading.position());
      goOn(lane);
    }
  }

  /// Puts one event before everything else, in a lane of its own.
  void addFirst(long position) {
    notice = new Lane(this, Heading.NOTICE, position - 1);
    notice.last = position;
    notice.queue.add(position);
    lanes.put(notice.id, notice);
    goOn(notice);
  }

  /// The lane that has waited longest; null when none can go.
  @Nullable Lane next() {
    if (notice != null && (notice.isInFlight || notice.isReady())) {
      return notice.isInFlight ? null : notice;
    }
    return ready.isEmpty() ? null : ready.iterator().next();
  }

  /// Which lanes' events are to be looked for now.
  List<Lane> load(int most) {
    int room = Math.max(0, most - loading - ready.size());
    List<Lane> some = toLoad.stream().limit(room).toList();
    some.forEach(toLoad::remove);
    loading += some.size();
    some.forEach(lane -> lane.isLoading = true);
    return some;
  }

  boolean hasToLoad() {
    return !toLoad.isEmpty();
  }

  void laneRead(Input.LaneRead read) {
    Lane lane = lanes.get(read.lane());
    if (lane == null || !lane.isLoading) {
      return;
    }
    lane.isLoading = false;
    loading--;
    if (read.after() != lane.done) {
      toLoad.add(lane);
      return;
    }
    lane.queue.addAll(read.positions());
    if (lane.queue.isEmpty()) {
      lane.done = read.upTo();
    }
    goOn(lane);
  }

  void laneFailed(long id, Instant again) {
    Lane lane = lanes.get(id);
    if (lane != null && lane.isLoading) {
      lane.isLoading = false;
      loading--;
      rest(lane, again);
    }
  }

  /// Lets the lanes go on whose time has come.
  void release(Instant now) {
    while (!resting.isEmpty() && !resting.first().due.isAfter(now)) {
      Lane lane = resting.pollFirst();
      lane.due = null;
      goOn(lane);
    }
  }

  /// Lets a lane go on before its time.
  void dueNow(long id) {
    Lane lane = lanes.get(id);
    if (lane != null && resting.remove(lane)) {
      lane.due = null;
      changed.add(id);
      goOn(lane);
    }
  }

  /// When the next lane may go on; null when none waits for a time.
  @Nullable Instant nextTime() {
    Instant due = resting.isEmpty() ? null : resting.first().due;
    return readAgain == null || (due != null && due.isBefore(readAgain)) ? due : readAgain;
  }

  /// The lanes that could send now, those first that have waited longest.
  Set<Lane> ready() {
    return ready;
  }

  void start(Lane lane) {
    lane.isInFlight = true;
    ready.remove(lane);
  }

  /// The attempt came to nothing; the same event is next.
  void putBack(Lane lane) {
    lane.isInFlight = false;
    goOn(lane);
  }

  /// Lets the cursor go on without a lane.
  void passBy(Lane lane) {
    setApart(lane);
    holdHeadOnly(lane);
  }

  /// The lane's first event is done with.
  void finish(Lane lane) {
    lane.isInFlight = false;
    open.remove(lane.finishHead());
    if (lane.isApart) {
      changed.add(lane.id);
    }
    goOn(lane);
  }

  /// The lane's first event is tried again at a later time.
  ///
  /// @param start when the attempt that was refused began
  void refuse(Lane lane, Instant start, Instant due) {
    lane.isInFlight = false;
    lane.attempts = lane.attemptsOfHead() + 1;
    lane.attempted = lane.head();
    lane.failedSince = start;
    setApart(lane);
    holdHeadOnly(lane);
    rest(lane, due);
  }

  private static void holdHeadOnly(Lane lane) {
    long head = lane.head();
    lane.queue.clear();
    lane.queue.add(head);
  }

  /// Lets go of what is held beyond so many events; it is read again later.
  void shrink(int most) {
    if (open.size() <= most) {
      return;
    }
    long last =
        lanes.values().stream()
            .filter(lane -> lane.isInFlight && !lane.isApart)
            .mapToLong(Lane::head)
            .reduce(open.stream().skip(most - 1).findFirst().orElseThrow(), Math::max);
    for (Lane lane : List.copyOf(lanes.values())) {
      if (!lane.isApart && lane != notice) {
        lane.queue.removeIf(position -> position > last);
        lane.last = lane.queue.isEmpty() ? lane.done : lane.queue.getLast();
        goOn(lane);
      }
    }
    open.tailSet(last, false).clear();
    readTo = last;
    isAtEnd = false;
  }

  boolean isReadUp() {
    return until != null && readTo >= until;
  }

  /// Whether a replay has told everything.
  boolean isFinished() {
    return isReadUp() && lanes.isEmpty();
  }

  StoredCursor stored() {
    return new StoredCursor(number, open.isEmpty() ? readTo : open.first() - 1, until);
  }

  /// Whether something changed of the lanes since it was asked last.
  boolean hasChanges() {
    return !changed.isEmpty();
  }

  /// What changed of the lanes since it was asked last.
  void takeChanges(Instant now, List<StoredLane> stored, List<Progress.LaneName> caughtUp) {
    for (long id : changed) {
      Lane lane = lanes.get(id);
      if (lane != null && lane.isApart) {
        stored.add(lane.stored(now));
      } else {
        caughtUp.add(new Progress.LaneName(number, id));
      }
    }
    changed.clear();
  }

  private void setApart(Lane lane) {
    if (!lane.isApart) {
      lane.isApart = true;
      apart++;
      open.removeAll(lane.queue);
    }
    changed.add(lane.id);
  }

  private void rest(Lane lane, Instant due) {
    ready.remove(lane);
    toLoad.remove(lane);
    lane.due = due;
    resting.add(lane);
    changed.add(lane.id);
  }

  /// Puts a lane where it belongs.
  private void goOn(Lane lane) {
    if (lane.isInFlight || lane.isLoading || lane.due != null) {
      return;
    }
    if (!lane.queue.isEmpty()) {
      ready.add(lane);
      return;
    }
    ready.remove(lane);
    if (lane.isApart && lane.done < lane.last) {
      toLoad.add(lane);
      return;
    }
    lanes.remove(lane.id);
    notice = lane == notice ? null : notice;
    if (lane.isApart) {
      apart--;
      changed.add(lane.id);
    }
  }
}
