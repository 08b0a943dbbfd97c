package io.recado.dispatch;

import io.recado.channel.Channel;
import io.recado.channel.ChannelChange;
import io.recado.channel.Channels;
import io.recado.dispatch.Input.Signal;
import io.recado.fault.FaultPoint;
import io.recado.fault.Faults;
import io.recado.journal.Id;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.journal.Reads;
import io.recado.journal.StorageException;
import io.recado.message.ConversationOutbox;
import io.recado.message.Outbox;
import io.recado.message.OutboxRow;
import io.recado.message.Queued;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out what the [Dispatcher] decides: one thread that tells it what happened, and a virtual
/// thread for everything that blocks.
public final class Dispatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
  private static final long LONGEST_SLEEP_MILLIS = 1_000;

  private final Dispatcher dispatcher = new Dispatcher();
  private final BlockingQueue<List<Input>> inputs = new LinkedBlockingQueue<>();
  private final ExecutorService work;
  private final Channels channels;
  private final Journal journal;
  private final ReadPool reads;
  private final Sending sending;
  private final InstantSource clock;
  private final SteadyTime time;
  private final Thread thread;
  private volatile boolean stopping;

  /// Dispatching, not started.
  public Dispatch(
      Channels channels, Journal journal, ReadPool reads, Sending sending, InstantSource clock) {
    this(channels, journal, reads, sending, clock, Executors.newVirtualThreadPerTaskExecutor());
  }

  /// @param work runs what blocks
  Dispatch(
      Channels channels,
      Journal journal,
      ReadPool reads,
      Sending sending,
      InstantSource clock,
      ExecutorService work) {
    this.work = work;
    this.channels = channels;
    this.journal = journal;
    this.reads = reads;
    this.sending = sending;
    this.clock = clock;
    this.time = new SteadyTime(clock, sending::nanoTime);
    this.thread = Thread.ofPlatform().name("dispatch").unstarted(this::run);
  }

  /// Takes up everything that is unfinished, and goes on from there. Attempts of an earlier life
  /// are in doubt from now on, so the listener for receipts must be ready.
  ///
  /// @param all every channel that is not deleted
  public void start(List<Channel> all) {
    recover(all);
    thread.start();
  }

  /// As [#start], for who has no thread of its own run and calls [#step].
  void recover(List<Channel> all) {
    channels.listen(this::changed);
    for (Channel channel : all) {
      int doubts = journal.commit(new RecoverAttempts(channel, clock.instant()));
      Faults.point(FaultPoint.ATTEMPTS_RECOVERED);
      if (doubts > 0) {
        LOG.warn("channel {}: {} messages are in doubt after the restart", channel.id(), doubts);
      }
      tell(new Input.ChannelIs(channel));
    }
  }

  /// Messages are durable and wait to be sent. Quick; called on the journal's thread, in order.
  public void arrived(List<Queued> messages) {
    inputs.add(messages.stream().<Input>map(Input.Arrived::new).toList());
  }

  /// A message was settled by a receipt or by a person. Quick.
  public void settledElsewhere(long channel, long conversation, Id message) {
    tell(new Input.SettledElsewhere(channel, conversation, message));
  }

  /// A message that had been handed over is to be sent after all, with other content. Quick.
  public void returned(Queued queued) {
    tell(new Input.Returned(queued));
  }

  /// Something was not told, nobody knows what: everything that is unfinished is read again. Quick.
  public void reread() {
    tell(new Input.Missed());
  }

  /// The wall clock was moved on purpose, as if that time had passed: waits are over by so much
  /// sooner. One that was set for another reason changes no wait.
  public void clockMoved() {
    time.follow();
    wake();
  }

  /// Starts nothing any more and waits for what is under way.
  ///
  /// @return whether all of it ended in time
  public boolean drain(Duration patience) throws InterruptedException {
    stopping = true;
    wake();
    thread.join(patience);
    work.shutdown();
    return work.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Stops at once; what is under way is in doubt at the next start.
  @Override
  public void close() {
    stopping = true;
    wake();
    sending.stop();
    work.shutdownNow();
  }

  private void changed(ChannelChange change) {
    Channel after = change.after();
    tell(
        after == null ? new Input.ChannelGone(change.channel().key()) : new Input.ChannelIs(after));
  }

  private void wake() {
    tell(new Input.Tick());
  }

  private void tell(Input input) {
    inputs.add(List.of(input));
  }

  private void run() {
    try {
      while (!stopping) {
        List<Input> some = inputs.poll(sleepMillis(), TimeUnit.MILLISECONDS);
        (some == null ? List.of(new Input.Tick()) : some).forEach(this::step);
      }
    } catch (InterruptedException _) {
      LOG.warn("dispatching was interrupted; nothing is sent any more");
    }
  }

  /// Takes in what has happened since, if only that time has passed.
  void step() {
    List<Input> some = inputs.poll();
    do {
      (some == null ? List.of(new Input.Tick()) : some).forEach(this::step);
      some = inputs.poll();
    } while (some != null);
  }

  private void step(Input input) {
    try {
      dispatcher.on(time.of(input), time.now()).forEach(this::carryOut);
    } catch (RejectedExecutionException e) {
      if (!stopping) {
        throw e;
      }
    } catch (RuntimeException e) {
      // One conversation's fault must not stop all others.
      LOG.error("a fault while dispatching", e);
    }
  }

  /// How long nothing is to be done, unless something happens.
  long sleepMillis() {
    if (!inputs.isEmpty()) {
      return 0;
    }
    Instant now = time.now();
    Instant next = dispatcher.nextTime(now);
    if (next == null) {
      return LONGEST_SLEEP_MILLIS;
    }
    long millis = Duration.between(now, next).toMillis() + 1;
    return Math.clamp(millis, 0, LONGEST_SLEEP_MILLIS);
  }

  private void carryOut(Command command) {
    work.execute(
        switch (command) {
          case Command.Start(Queued queued, boolean check) -> () -> send(queued, check);
          case Command.Load load -> () -> load(load);
          case Command.LoadLane lane -> () -> loadLane(lane);
          case Command.Decide(Queued queued) -> () -> decide(queued);
          case Command.Note(Queued queued) -> {
            Queued noted = time.toWall(queued);
            yield () -> note(noted);
          }
        });
  }

  private void send(Queued queued, boolean checkPrevious) {
    Sending.Sent sent;
    try {
      sent = sending.send(queued, checkPrevious);
    } catch (StorageException e) {
      // Nothing was started; it is tried again in a moment.
      LOG.warn("message {} could not be started: {}", queued.id(), e.kind());
      sent = new Sending.Sent(queued, new Next.Behind(), new Signal.None());
    } catch (RuntimeException | StackOverflowError | LinkageError | OutOfMemoryError e) {
      LOG.error("message {}: a fault; it is looked at again in a moment", queued.id(), e);
      sent = new Sending.Sent(queued, new Next.Behind(), new Signal.None());
    }
    tell(new Input.Ended(sent.queued(), sent.next(), sent.signal()));
  }

  private void load(Command.Load load) {
    Optional<List<Queued>> page =
        read(
            r ->
                Outbox.page(
                    r,
                    load.workspace(),
                    load.channel(),
                    load.priority(),
                    load.after(),
                    ChannelQueue.PAGE));
    boolean isLast = page.isPresent() && page.get().size() < ChannelQueue.PAGE;
    tell(new Input.Loaded(load.channel(), load.priority(), page.orElse(List.of()), isLast));
  }

  private void loadLane(Command.LoadLane lane) {
    long conversation = lane.conversation();
    Optional<List<Queued>> page =
        read(
            r ->
                ConversationOutbox.of(r, lane.workspace(), lane.channel(), conversation)
                    .queued(lane.from(), lane.limit()));
    boolean isLast = page.isPresent() && page.get().size() < lane.limit();
    tell(new Input.LaneLoaded(lane.channel(), conversation, page.orElse(List.of()), isLast));
  }

  /// Empty, after a pause, when the database could not answer: the dispatcher asks again.
  private Optional<List<Queued>> read(Function<Reads, List<Queued>> query) {
    try {
      List<Queued> page = reads.read(query);
      Faults.point(FaultPoint.OUTBOX_READ);
      return Optional.of(page);
    } catch (StorageException e) {
      LOG.warn("the outbox could not be read: {}", e.kind());
    } catch (RuntimeException e) {
      // Whatever it is, the dispatcher must get its answer, or it would wait for ever.
      LOG.error("the outbox could not be read", e);
    }
    sending.pause();
    return Optional.empty();
  }

  private void note(Queued queued) {
    try {
      journal.commit(new NoteWait(queued));
    } catch (StorageException e) {
      // It waits all the same; only its timeline does not say why.
      LOG.debug("why message {} waits was not noted: {}", queued.id(), e.kind());
    }
  }

  private void decide(Queued queued) {
    Next next;
    try {
      next =
          channels
              .find(queued.channel())
              .map(
                  channel ->
                      sending.untilStored(
                          new DecideDoubt(queued, channel.inDoubt(), clock.instant())))
              .orElseGet(Next.Settled::new);
      Faults.point(FaultPoint.DOUBT_DECIDED);
    } catch (RuntimeException e) {
      LOG.error("the doubt about message {} could not be decided", queued.id(), e);
      sending.pause();
      OutboxRow row = queued.outbox();
      next = new Next.Awaited(row.awaitingReceipt(row.state(), clock.instant().plusSeconds(1)));
    }
    tell(new Input.Decided(queued, next));
  }
}
