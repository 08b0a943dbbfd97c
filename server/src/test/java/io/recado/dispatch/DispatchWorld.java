package io.recado.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.channel.Channel;
import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.InDoubt.Policy;
import io.recado.channel.Channel.Limits;
import io.recado.channel.Channel.RecipientLimit;
import io.recado.connector.Connector.ChannelSettings;
import io.recado.connector.Content;
import io.recado.connector.Reason;
import io.recado.dispatch.Input.Signal;
import io.recado.journal.Id;
import io.recado.json.JsonObject;
import io.recado.message.Failure;
import io.recado.message.OutboxRow;
import io.recado.message.OutboxRow.State;
import io.recado.message.Priority;
import io.recado.message.Queued;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A dispatcher with an outbox in memory that follows the rules of the real one, and a clock that
/// only the test moves. Every start is checked: one in flight per conversation, in order.
final class DispatchWorld {

  static final Instant START = Instant.parse("2026-04-03T10:00:00Z");
  static final Content.Template FALLBACK =
      new Content.Template("hello", "es", null, List.of(), List.of());

  final Map<Id, Queued> outbox = new TreeMap<>();
  final Map<Id, Queued> inFlight = new HashMap<>();
  final List<Queued> started = new ArrayList<>();
  final List<Instant> startTimes = new ArrayList<>();
  final List<Queued> noted = new ArrayList<>();
  final ArrayDeque<Command> reads = new ArrayDeque<>();
  final Set<Id> refused = new HashSet<>();
  // Those go out of order anyway, so they hold up nobody.
  private final Set<Id> broughtBack = new HashSet<>();
  private final Map<Long, List<Id>> ofConversation = new HashMap<>();
  private final Map<Long, Long> seqs = new HashMap<>();
  private final Map<Long, Long> lastOutbound = new HashMap<>();
  private final Map<Id, Instant> doubtHeldUntil = new HashMap<>();
  Channel channel;
  Instant now = START;
  int maxSize;
  private Dispatcher dispatcher = new Dispatcher();
  private int ids;

  DispatchWorld(@Nullable Integer perSecond, @Nullable RecipientLimit limit, InDoubt inDoubt) {
    channel = channel(Channel.State.ACTIVE, new Limits(perSecond, limit), inDoubt);
    tell(new Input.ChannelIs(channel));
    readAll();
  }

  DispatchWorld() {
    this(null, null, InDoubt.DEFAULT);
  }

  static Channel channel(Channel.State state, Limits limits, InDoubt inDoubt) {
    return new Channel(
        7,
        1,
        new Id(1, 1),
        "PIGEON",
        null,
        null,
        state,
        null,
        null,
        new ChannelSettings(JsonObject.empty()),
        limits,
        inDoubt,
        List.of(),
        null,
        START,
        START);
  }

  void state(Channel.State state) {
    channel = channel(state, channel.limits(), channel.inDoubt());
    tell(new Input.ChannelIs(channel));
  }

  /// Stores a message without telling of it.
  Queued store(long conversation) {
    return store(conversation, new Id(1, ++ids));
  }

  Queued store(long conversation, Id id) {
    return store(conversation, id, Priority.HIGH);
  }

  Queued store(long conversation, Id id, Priority priority) {
    long seq = seqs.merge(conversation, 1L, Long::sum);
    long previous = lastOutbound.getOrDefault(conversation, 0L);
    lastOutbound.put(conversation, seq);
    OutboxRow row = OutboxRow.first(previous, now, now.plus(Duration.ofDays(1)), priority);
    var queued =
        new Queued(1, 7, conversation, seq, id, new Content.Text("t"), FALLBACK, null, now, row);
    outbox.put(id, queued);
    ofConversation.computeIfAbsent(conversation, _ -> new ArrayList<>()).add(id);
    return queued;
  }

  /// A number of the conversation goes to an inbound message.
  void skipSeq(long conversation) {
    seqs.merge(conversation, 1L, Long::sum);
  }

  Id nextId() {
    return new Id(1, ++ids);
  }

  Queued accept(long conversation) {
    Queued queued = store(conversation);
    arrive(queued);
    return queued;
  }

  Queued acceptBulk(long conversation) {
    Queued queued = store(conversation, nextId(), Priority.BULK);
    arrive(queued);
    return queued;
  }

  void arrive(Queued queued) {
    tell(new Input.Arrived(queued));
  }

  /// The process starts again on the same outbox.
  void restart() {
    dispatcher = new Dispatcher();
    reads.clear();
    inFlight.clear();
    for (Queued queued : List.copyOf(outbox.values())) {
      State state = queued.outbox().state();
      if (state == State.IN_FLIGHT || state == State.IN_DOUBT) {
        doubt(queued);
      }
    }
    tell(new Input.ChannelIs(channel));
  }

  void advance(Duration duration) {
    now = now.plus(duration);
    tell(new Input.Tick());
  }

  /// Moves the clock to when something is due; false when nothing is.
  boolean advanceToNext() {
    Instant next = dispatcher.nextTime(now);
    if (next == null) {
      return false;
    }
    now = next.isAfter(now) ? next : now;
    tell(new Input.Tick());
    return true;
  }

  @Nullable Instant nextTime() {
    return dispatcher.nextTime(now);
  }

  int size() {
    return dispatcher.size();
  }

  void sent(Queued queued) {
    end(queued, new Next.Sent(), new Signal.Accepted());
  }

  void end(Queued queued, Next next) {
    end(queued, next, new Signal.None());
  }

  /// Stores what came of an attempt, and tells of it.
  void end(Queued queued, Next next, Signal signal) {
    tell(new Input.Ended(queued, stored(queued, next), signal));
  }

  Next stored(Queued queued, Next next) {
    inFlight.remove(queued.id());
    if (!outbox.containsKey(queued.id())) {
      return new Next.Settled();
    }
    switch (next) {
      case Next.Again(OutboxRow row) -> outbox.put(queued.id(), queued.with(row));
      case Next.FallBack(OutboxRow row) -> outbox.put(queued.id(), queued.fallingBack(row));
      case Next.Awaited(OutboxRow row) when row.state() == State.IN_DOUBT -> doubt(queued);
      case Next.Awaited(OutboxRow row) -> outbox.put(queued.id(), queued.with(row));
      default -> outbox.remove(queued.id());
    }
    return next;
  }

  Next.Awaited inDoubt(Queued queued) {
    return new Next.Awaited(
        queued.outbox().awaitingReceipt(State.IN_DOUBT, now.plus(channel.inDoubt().window())));
  }

  Next.Again again(Queued queued, Duration wait) {
    return new Next.Again(queued.outbox().waiting(1, 0, now.plus(wait), null));
  }

  /// A receipt has a message sent once more, with other content.
  void bringBack(Queued queued) {
    OutboxRow row = OutboxRow.again(queued.outbox().attempt(), now, queued.outbox().expireTime());
    Queued again = queued.fallingBack(row);
    outbox.put(queued.id(), again);
    broughtBack.add(queued.id());
    if (!ofConversation.get(queued.conversation()).contains(queued.id())) {
      ofConversation.get(queued.conversation()).add(queued.id());
    }
    tell(new Input.Returned(again));
  }

  /// A receipt settles a message.
  void receipt(Queued queued) {
    outbox.remove(queued.id());
    tell(new Input.SettledElsewhere(7, queued.conversation(), queued.id()));
  }

  /// Answers the oldest question.
  void read() {
    Command command = reads.pollFirst();
    if (command != null) {
      tell(answer(command));
    }
  }

  void readAll() {
    while (!reads.isEmpty()) {
      read();
    }
  }

  /// The answer as of now.
  Input answer(Command command) {
    return switch (command) {
      case Command.Load load -> {
        List<Queued> page =
            outbox.values().stream()
                .filter(queued -> queued.id().compareTo(load.after()) > 0)
                .filter(queued -> queued.outbox().priority() == load.priority())
                .filter(queued -> queued.outbox().state() != State.SCHEDULED)
                .limit(ChannelQueue.PAGE)
                .toList();
        yield new Input.Loaded(7, load.priority(), page, page.size() < ChannelQueue.PAGE);
      }
      case Command.LoadLane lane -> {
        List<Queued> page =
            unfinished(lane.conversation()).stream()
                .filter(q -> q.seq() >= lane.from())
                .sorted(Comparator.comparingLong(Queued::seq))
                .limit(lane.limit())
                .toList();
        yield new Input.LaneLoaded(7, lane.conversation(), page, page.size() < lane.limit());
      }
      default -> throw new AssertionError(command);
    };
  }

  void tell(Input input) {
    var inputs = new ArrayDeque<Input>();
    inputs.add(input);
    while (!inputs.isEmpty()) {
      for (Command command : dispatcher.on(inputs.poll(), now)) {
        carryOut(command).ifPresent(inputs::add);
      }
    }
    maxSize = Math.max(maxSize, dispatcher.size());
  }

  private Optional<Input> carryOut(Command command) {
    return switch (command) {
      case Command.Start(Queued queued, boolean check) -> start(queued, check);
      case Command.Decide(Queued queued) -> Optional.of(decide(queued));
      case Command.Note(Queued queued) -> {
        noted.add(queued);
        yield Optional.empty();
      }
      case Command.Load _, Command.LoadLane _ -> {
        reads.add(command);
        yield Optional.empty();
      }
    };
  }

  private Optional<Input> start(Queued queued, boolean check) {
    Queued stored = outbox.get(queued.id());
    OutboxRow row = stored == null ? null : stored.outbox();
    if (row == null || row.state() != State.WAITING || row.attempt() != queued.outbox().attempt()) {
      refused.add(queued.id());
      return Optional.of(ended(queued, new Next.Settled()));
    }
    if (check && isHeldUp(queued.conversation(), row.previousSeq())) {
      return Optional.of(ended(queued, new Next.Behind()));
    }
    requireItsTurn(queued);
    Queued onItsWay = queued.with(row.started(now));
    outbox.put(queued.id(), onItsWay);
    inFlight.put(queued.id(), onItsWay);
    started.add(onItsWay);
    startTimes.add(now);
    return Optional.empty();
  }

  private static Input ended(Queued queued, Next next) {
    return new Input.Ended(queued, next, new Signal.None());
  }

  private void requireItsTurn(Queued queued) {
    assertThat(channel.isSending()).isTrue();
    assertThat(queued.outbox().dueTime()).isBeforeOrEqualTo(now);
    for (Queued other : unfinished(queued.conversation())) {
      assertThat(inFlight).as("one in flight").doesNotContainKey(other.id());
      if (other.seq() < queued.seq()) {
        assertThat(isHoldingUp(other)).as("%s before %s", other, queued).isFalse();
        doubtHeldUntil.put(other.id(), Instant.MIN);
      }
    }
  }

  private boolean isHeldUp(long conversation, long seq) {
    return unfinished(conversation).stream().anyMatch(q -> q.seq() == seq && isHoldingUp(q));
  }

  private List<Queued> unfinished(long conversation) {
    List<Id> ids = ofConversation.computeIfAbsent(conversation, _ -> new ArrayList<>());
    ids.removeIf(id -> !outbox.containsKey(id));
    return ids.stream().map(outbox::get).toList();
  }

  private boolean isHoldingUp(Queued queued) {
    return switch (queued.outbox().state()) {
      case WAITING -> !broughtBack.contains(queued.id());
      case IN_FLIGHT -> true;
      case IN_DOUBT ->
          channel.inDoubt().policy() == Policy.RESEND
              || now.isBefore(doubtHeldUntil.getOrDefault(queued.id(), Instant.MIN));
      case HELD, SCHEDULED -> false;
    };
  }

  private void doubt(Queued queued) {
    OutboxRow row = queued.outbox();
    Instant decision = now.plus(channel.inDoubt().window());
    outbox.put(queued.id(), queued.with(row.awaitingReceipt(State.IN_DOUBT, decision)));
    // Once overtaken it holds up nobody any more.
    doubtHeldUntil.merge(
        queued.id(),
        now.plus(channel.inDoubt().laneHold()),
        (old, next) -> old.equals(Instant.MIN) ? old : next);
  }

  private Input decide(Queued queued) {
    Queued stored = outbox.get(queued.id());
    OutboxRow row = stored == null ? null : stored.outbox();
    if (row == null
        || row.state() != queued.outbox().state()
        || row.attempt() != queued.outbox().attempt()) {
      return new Input.Decided(queued, new Next.Settled());
    }
    if (row.state() == State.IN_DOUBT && channel.inDoubt().policy() == Policy.RESEND) {
      OutboxRow again = row.waiting(row.spent(), 0, now, null);
      outbox.put(queued.id(), queued.with(again));
      return new Input.Decided(queued, new Next.Again(again));
    }
    outbox.remove(queued.id());
    return new Input.Decided(queued, new Next.Failed(Failure.of(Reason.OUTCOME_UNKNOWN)));
  }
}
