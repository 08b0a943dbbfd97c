package io.recado.simulation;

import io.recado.channel.Channel;
import io.recado.channel.ChannelStore;
import io.recado.channel.Channels;
import io.recado.connector.Connector.SessionContext;
import io.recado.connector.ProviderTemplate;
import io.recado.conversation.Conversations;
import io.recado.conversation.Inbox;
import io.recado.dispatch.Expiry;
import io.recado.dispatch.Schedule;
import io.recado.dispatch.SteppedDispatch;
import io.recado.inbound.ApplyReceipt;
import io.recado.inbound.CallbackRouting;
import io.recado.inbound.Callbacks;
import io.recado.inbound.Parking;
import io.recado.inbound.ReceiptWrites;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.journal.SteppedStorage;
import io.recado.journal.Write;
import io.recado.message.Messages;
import io.recado.message.OutboxRow;
import io.recado.message.Queued;
import io.recado.template.ChannelTemplates;
import io.recado.template.Template;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// One process: the parts of a server, put together as the composition root does, with fibers for
/// threads. A crash drops all of it.
final class Node {

  private static final long SWEEP_MICROS = 15_000_000;
  private static final long SCHEDULE_MICROS = 4_000_000;
  private static final long INBOX_MICROS = 20_000_000;

  final SteppedStorage storage;
  final Ids ids;
  final Channels channels;
  final Messages messages;
  final Callbacks callbacks;
  private final World world;
  private final Conversations conversations;
  private final Inbox inbox;
  private final SteppedDispatch dispatch;
  private final Expiry expiry;
  private final Schedule schedule;
  private final Set<Fiber> fibers = new LinkedHashSet<>();
  private final List<Fiber> committing = new ArrayList<>();
  private final List<Runnable> callers = new ArrayList<>();
  private boolean isRecovered;
  private boolean isCommitDue;
  private long dispatchMillis = Long.MAX_VALUE;
  private boolean isDead;

  Node(World world) {
    this.world = world;
    InstantSource clock = world.clock();
    var random = new Random(world.random().nextLong());
    storage = new SteppedStorage(world.disk().database(), (_, _) -> {}, _ -> crash(), new Waits());
    var journal = storage.journal;
    var reads = storage.reads;
    ids = new Ids(clock, random);
    channels =
        new Channels(
            new ChannelStore(World.CIPHER, world.network().connectors()),
            reads,
            world.network().connectors(),
            new SessionContext(World.HTTP, clock));
    conversations = new Conversations(reads, journal, ids, clock);
    inbox = new Inbox(journal);
    var templates = new ChannelTemplates(List.of(template()));
    messages = new Messages(channels, conversations, _ -> templates, journal, reads, ids, clock);
    dispatch =
        new SteppedDispatch(
            channels,
            conversations,
            journal,
            reads,
            new SteppedDispatch.Surroundings(
                clock,
                random,
                new FiberExecutor(this),
                () -> world.agenda().nowMicros() * 1_000,
                () -> Fiber.current().sleep(250_000)));
    expiry = new Expiry(channels, journal, reads, clock, dispatch.dispatch::settledElsewhere);
    if (world.planted().rereads()) {
      journal.whenMissed(dispatch.dispatch::reread);
    }
    messages.handOverTo(this::accepted);
    schedule = new Schedule(journal, reads, clock, this::accepted);
    var parking = new Parking(ids, World.CIPHER);
    var told =
        new ApplyReceipt.Told(dispatch.dispatch::settledElsewhere, dispatch.dispatch::returned);
    callbacks =
        new Callbacks(
            new CallbackRouting(channels, journal, clock, _ -> {}),
            conversations,
            inbox,
            journal,
            new ReceiptWrites(reads, parking, told),
            parking,
            clock);
  }

  World world() {
    return world;
  }

  boolean isDead() {
    return isDead;
  }

  /// Takes up what an earlier process has left, and goes on.
  void start() {
    spawn(
        () -> {
          recover();
          isRecovered = true;
          every(SWEEP_MICROS, expiry::sweep);
          every(SCHEDULE_MICROS, schedule::sweep);
          every(INBOX_MICROS, inbox::storeAll);
        });
  }

  private void recover() {
    try {
      dispatch.recover(channels.all(0, 100));
    } catch (RuntimeException e) {
      world.trace("the start fails: %s", e.getMessage());
      throw crash();
    }
  }

  /// Runs something on a thread of its own.
  Fiber spawn(Runnable body) {
    var fiber = new Fiber(this, body);
    fibers.add(fiber);
    world.agenda().after(world.random().nextInt(200), () -> run(fiber));
    return fiber;
  }

  void run(Fiber fiber) {
    guarded(
        () -> {
          fiber.resume();
          if (fiber.isDone()) {
            fibers.remove(fiber);
          }
        });
  }

  /// Runs a request; whoever asks learns what came of it, or that the connection is lost.
  <R> void request(Callable<R> call, Consumer<R> answered, Consumer<RuntimeException> failed) {
    Runnable lost = () -> failed.accept(new Lost());
    callers.add(lost);
    spawn(
        () -> {
          R answer;
          try {
            answer = call.call();
          } catch (RuntimeException e) {
            callers.remove(lost);
            world.agenda().after(world.latency(), () -> failed.accept(e));
            return;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          callers.remove(lost);
          world.agenda().after(world.latency(), () -> answered.accept(answer));
        });
  }

  /// Does something on behalf of this process, on the world's own thread.
  void guarded(Runnable action) {
    if (isDead) {
      return;
    }
    Node before = World.enter(this);
    try {
      action.run();
    } catch (Crash _) {
      isDead = true;
    } finally {
      World.enter(before);
    }
    if (isDead) {
      bury();
    } else {
      arrangeDispatch();
    }
  }

  /// Ends it at this very place.
  Crash crash() {
    isDead = true;
    throw new Crash();
  }

  private void bury() {
    world.trace("the process ends with %d threads", fibers.size());
    for (Fiber fiber : List.copyOf(fibers)) {
      fiber.kill();
    }
    world.disk().crash();
    callers.forEach(lost -> world.agenda().after(world.latency(), lost));
    callers.clear();
    world.buried(this);
  }

  private void accepted(List<Queued> group) {
    List<Queued> handed = world.planted().handOver(this, group);
    if (!handed.isEmpty()) {
      dispatch.dispatch.arrived(handed);
    }
    for (Queued queued : group) {
      if (queued.outbox().state() == OutboxRow.State.WAITING) {
        inbox.touched(queued.workspace(), queued.conversation(), queued.outbox().dueTime());
      }
    }
  }

  /// Hands messages over a little later. For planted bugs.
  void arrive(List<Queued> group) {
    guarded(() -> dispatch.dispatch.arrived(group));
  }

  /// Tells the dispatcher that nothing more is to be done for a message.
  void settled(long channelKey, long conversation, Id message) {
    dispatch.dispatch.settledElsewhere(channelKey, conversation, message);
  }

  /// Tells the dispatcher of a message that it had let go. For planted bugs.
  void comeBack(Queued queued) {
    guarded(() -> dispatch.dispatch.returned(queued));
  }

  /// Ends it with the world.
  void end() {
    isDead = true;
    for (Fiber fiber : List.copyOf(fibers)) {
      fiber.kill();
    }
  }

  private void every(long micros, Runnable round) {
    world
        .agenda()
        .after(
            micros,
            () ->
                guarded(
                    () ->
                        spawn(
                            () -> {
                              try {
                                round.run();
                              } catch (RuntimeException e) {
                                world.trace("a round failed: %s", e);
                              }
                              every(micros, round);
                            })));
  }

  private void arrangeDispatch() {
    if (!isRecovered) {
      return;
    }
    long sleep = dispatch.sleepMillis();
    long due = world.agenda().nowMillis() + sleep;
    if (due < dispatchMillis) {
      dispatchMillis = due;
      long delay = sleep * 1_000 + world.random().nextInt(100);
      world
          .agenda()
          .after(
              delay,
              () -> {
                if (!isDead && dispatchMillis == due) {
                  dispatchMillis = Long.MAX_VALUE;
                  guarded(dispatch::step);
                }
              });
    }
  }

  private void arrangeCommit() {
    if (!isCommitDue) {
      isCommitDue = true;
      world.agenda().after(world.commitMicros(), () -> guarded(this::commit));
    }
  }

  private void commit() {
    isCommitDue = false;
    List<Fiber> answered = List.copyOf(committing);
    committing.clear();
    storage.step();
    for (Fiber fiber : answered) {
      world.agenda().after(world.random().nextInt(300), () -> run(fiber));
    }
  }

  /// The connection ended before an answer.
  static final class Lost extends RuntimeException {

    private static final long serialVersionUID = 1;

    Lost() {
      super("the connection is lost", null, false, false);
    }
  }

  private final class Waits implements SteppedStorage.Hooks {

    @Override
    public void awaitCommit() {
      Fiber fiber = Fiber.current();
      if (fiber == null) {
        storage.step();
        return;
      }
      committing.add(fiber);
      arrangeCommit();
      fiber.await();
    }

    @Override
    public void beforeRead() {
      Fiber fiber = Fiber.current();
      if (fiber != null && world.random().nextInt(4) == 0) {
        fiber.sleep(world.random().nextInt(2_000));
      }
    }

    @Override
    public <R> Write<R> admit(Write<R> write) {
      return world.planted().admit(write);
    }
  }

  private static Template template() {
    return Template.of(
        new ProviderTemplate(
            "hello",
            "es",
            "UTILITY",
            Template.APPROVED,
            null,
            null,
            "Hola",
            List.of(),
            null,
            List.of()),
        Instant.EPOCH);
  }

  /// The channel that all of it is about.
  Channel channel(Id id) {
    return channels.require(World.WORKSPACE, id);
  }
}
