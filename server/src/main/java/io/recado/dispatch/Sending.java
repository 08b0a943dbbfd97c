package io.recado.dispatch;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.channel.RecordHealth;
import io.recado.connector.ConnectorSession.OutboundMessage;
import io.recado.connector.Content;
import io.recado.connector.Echo;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.conversation.Conversations;
import io.recado.conversation.ServiceWindow;
import io.recado.dispatch.Input.Signal;
import io.recado.dispatch.StartAttempt.Start;
import io.recado.fault.FaultPoint;
import io.recado.fault.Faults;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.journal.StorageException;
import io.recado.journal.Write;
import io.recado.message.Message;
import io.recado.message.MessageStore;
import io.recado.message.OutboxRow;
import io.recado.message.Queued;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt from end to end: durable before the call, one call, its outcome durable after it.
/// Blocks; for virtual threads.
public final class Sending {

  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  /// An attempt that is older is not made: the machine may have slept, and the world gone on.
  private static final Duration STALE = Duration.ofSeconds(2);

  private final Channels channels;
  private final Conversations conversations;
  private final Journal journal;
  private final ReadPool reads;
  private final RetrySchedule schedule;
  private final Time time;
  private final Observer observer;

  /// @param schedule with a random generator that is safe for many threads
  public Sending(
      Channels channels,
      Conversations conversations,
      Journal journal,
      ReadPool reads,
      RetrySchedule schedule,
      InstantSource clock,
      Observer observer) {
    this(
        channels,
        conversations,
        journal,
        reads,
        schedule,
        new Time(clock, new Timing.Real()),
        observer);
  }

  Sending(
      Channels channels,
      Conversations conversations,
      Journal journal,
      ReadPool reads,
      RetrySchedule schedule,
      Time time,
      Observer observer) {
    this.channels = channels;
    this.conversations = conversations;
    this.journal = journal;
    this.reads = reads;
    this.schedule = schedule;
    this.time = time;
    this.observer = observer;
  }

  /// Makes an attempt, if the message may still be sent.
  ///
  /// @throws StorageException when nothing was started
  Sent send(Queued queued, boolean checkPrevious) {
    Channel channel = channels.find(queued.channel()).orElse(null);
    if (channel == null) {
      return new Sent(queued, new Next.Settled(), new Signal.None());
    }
    long began = time.timing.nanoTime();
    var window = new ServiceWindow(channels.connector(channel).capabilities().serviceWindow());
    int pieces = channels.connector(channel).pieces(queued.content()).size();
    Start start;
    try {
      start =
          journal.commit(
              new StartAttempt(
                  queued, checkPrevious, window, channel.inDoubt(), pieces, time.now()));
    } catch (StorageException e) {
      if (e.kind() != StorageException.Kind.UNAVAILABLE) {
        throw e;
      }
      // It may be durable all the same, and must not stay under way for ever.
      LOG.warn("message {}: nobody knows whether its attempt was started", queued.id());
      Next next = untilStored(new RecoverStart(queued, time.now()));
      return new Sent(queued, next, new Signal.None());
    }
    return switch (start) {
      case Start.Not(Next next) -> new Sent(queued, next, new Signal.None());
      case Start.Started(Queued started) -> {
        Faults.point(FaultPoint.ATTEMPT_STARTED);
        yield call(channel, started, began);
      }
    };
  }

  private Sent call(Channel channel, Queued started, long began) {
    SendOutcome outcome =
        time.timing.nanoTime() - began > STALE.toNanos()
            ? new SendOutcome.RetryLater(
                Reason.INTERNAL_FAULT,
                new ProviderAnswer(0, null, "not called: the attempt had become stale"),
                null,
                0)
            : outcome(channel, started);
    Faults.point(FaultPoint.PROVIDER_ANSWERED);
    observer.attempted(channel.type(), outcome, time.timing.nanoTime() - began);
    if (outcome instanceof SendOutcome.ChannelBroken broken) {
      untilStored(
          RecordHealth.broken(channels, channel, broken.reason(), broken.answer(), time.now()));
    }
    Next next = next(channel, started, outcome);
    Next recorded = record(channel, started, outcome, next);
    Faults.point(FaultPoint.OUTCOME_RECORDED);
    return new Sent(started, recorded, signal(outcome));
  }

  /// What comes next; of a message in several pieces, the next piece.
  private Next next(Channel channel, Queued started, SendOutcome outcome) {
    OutboxRow row = started.outbox();
    Next next = schedule.after(outcome, row, channel.inDoubt(), time.now());
    boolean isLast =
        row.piece() + 1 >= channels.connector(channel).pieces(started.content()).size();
    return next instanceof Next.Sent && !isLast ? new Next.Again(row.nextPiece(time.now())) : next;
  }

  /// An outcome that cannot be stored as it is is stored as a doubt: the message may have been
  /// accepted.
  private Next record(Channel channel, Queued started, SendOutcome outcome, Next next) {
    try {
      return untilStored(new RecordOutcome(started, outcome, next, time.now()));
    } catch (RuntimeException e) {
      if (e instanceof StorageException fault && fault.kind() != StorageException.Kind.REFUSED) {
        throw e;
      }
      // Whatever was wrong with it must not keep the message in flight for ever.
      LOG.error("message {}: its outcome cannot be stored; it is in doubt", started.id(), e);
    }
    var doubt =
        new SendOutcome.InDoubt(
            "its outcome could not be stored",
            ProviderAnswer.ofStatus(outcome.answer().httpStatus()));
    Next awaited = schedule.after(doubt, started.outbox(), channel.inDoubt(), time.now());
    return untilStored(new RecordOutcome(started, doubt, awaited, time.now()));
  }

  private SendOutcome outcome(Channel channel, Queued queued) {
    if (queued.content() instanceof Content.Unsupported) {
      LOG.error("message {}: what is stored of it cannot be sent", queued.id());
      return new SendOutcome.Refused(
          Reason.CONTENT_UNSUPPORTED, new ProviderAnswer(0, null, "not called"));
    }
    try {
      OutboxRow row = queued.outbox();
      var message =
          new OutboundMessage(
              new Echo(queued.id().toString(), row.piece(), row.attempt()),
              conversations.address(queued.workspace(), queued.conversation()),
              channels.connector(channel).pieces(queued.content()).get(row.piece()),
              replyTo(queued));
      return channels.session(channel).send(message);
    } catch (StorageException e) {
      return new SendOutcome.RetryLater(
          Reason.INTERNAL_FAULT, new ProviderAnswer(0, null, "not called"), null, 0);
    } catch (RuntimeException | StackOverflowError | LinkageError | OutOfMemoryError e) {
      // The boundary of the connector: whatever it did, the request may have left.
      LOG.error("message {}: the connector failed; it is in doubt", queued.id(), e);
      return new SendOutcome.InDoubt(
          "a fault of ours: " + e.getClass().getSimpleName(), ProviderAnswer.ofStatus(0));
    }
  }

  /// The provider's name of the message that is answered; null when it has none, and the answer
  /// goes without its quotation. The first piece quotes it.
  private @Nullable String replyTo(Queued queued) {
    if (queued.replyTo() == null || queued.outbox().piece() > 0) {
      return null;
    }
    return reads
        .read(r -> MessageStore.find(r, queued.workspace(), queued.replyTo()))
        .map(Message::providerMessageId)
        .orElse(null);
  }

  /// What an outcome says about the channel's pace.
  static Signal signal(SendOutcome outcome) {
    return switch (outcome) {
      case SendOutcome.Accepted _ -> new Signal.Accepted();
      case SendOutcome.Throttled(var scope, _, var notBefore)
          when scope != SendOutcome.Scope.RECIPIENT && scope != SendOutcome.Scope.TEMPLATE ->
          new Signal.Throttled(notBefore);
      default -> new Signal.None();
    };
  }

  /// Commits what is known already, however long the database is away; a stop ends the waiting.
  <R> R untilStored(Write<R> write) {
    while (true) {
      try {
        return journal.commit(write);
      } catch (StorageException e) {
        boolean passes =
            switch (e.kind()) {
              case FULL, UNAVAILABLE, OVERLOADED, WORKSPACE_BUSY, CONFLICT -> true;
              case BROKEN, REFUSED -> false;
            };
        if (!passes || time.timing.isStopped()) {
          throw e;
        }
        pause();
      }
    }
  }

  /// The monotonic clock, in nanoseconds.
  long nanoTime() {
    return time.timing.nanoTime();
  }

  /// Waits a moment before the database is asked again, or until the stop.
  void pause() {
    time.timing.pause();
  }

  /// Ends all waiting.
  void stop() {
    time.timing.stop();
  }

  /// What time it is, and how it passes.
  record Time(InstantSource clock, Timing timing) {

    Instant now() {
      return clock.instant();
    }
  }

  /// What came of it, for the dispatcher.
  record Sent(Queued queued, Next next, Signal signal) {}

  /// Told of each attempt, for metrics.
  @FunctionalInterface
  public interface Observer {
    void attempted(String channelType, SendOutcome outcome, long nanos);
  }
}
