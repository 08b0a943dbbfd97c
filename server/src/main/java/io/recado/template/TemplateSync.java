package io.recado.template;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.connector.ConnectorSession.TemplateListing;
import io.recado.connector.ConnectorSession.TemplateListing.Failed;
import io.recado.connector.ConnectorSession.TemplateListing.Listed;
import io.recado.journal.Journal;
import io.recado.journal.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks providers for their templates: when told to, and by itself every [#INTERVAL], since
/// providers' own notices get lost. Safe for many threads.
///
/// At most one listing of a channel runs at a time. Whoever asks meanwhile waits for the next one,
/// which begins after everybody's question, and shares it.
public final class TemplateSync {

  /// How often a channel is synced without anybody asking.
  public static final Duration INTERVAL = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(TemplateSync.class);
  private static final Duration ROUND = Duration.ofMinutes(1);
  private static final int PAGE = 200;

  private final Channels channels;
  private final Journal journal;
  private final Templates templates;
  private final InstantSource clock;
  private final Executor background;
  private final Map<Long, Flight> flights = new ConcurrentHashMap<>();
  private final Map<Long, Instant> asked = new ConcurrentHashMap<>();

  /// @param background runs what nobody waits for; it blocks on the network, so each task wants a
  ///   virtual thread of its own
  public TemplateSync(
      Channels channels,
      Journal journal,
      Templates templates,
      InstantSource clock,
      Executor background) {
    this.channels = channels;
    this.journal = journal;
    this.templates = templates;
    this.clock = clock;
    this.background = background;
    channels.listen(
        change -> {
          if (change.after() == null) {
            asked.remove(change.channel().key());
            flights.remove(change.channel().key());
          }
        });
  }

  /// Begins the rounds. They end with the timer.
  public void start(ScheduledExecutorService timer) {
    timer.scheduleWithFixedDelay(this::round, 1, ROUND.toSeconds(), TimeUnit.SECONDS);
  }

  /// Syncs a channel in the background, as its provider says that there is something new.
  public void request(Channel channel) {
    background.execute(() -> syncQuietly(channel));
  }

  /// Syncs a channel and blocks until what was found is durable.
  Outcome sync(Channel channel) {
    asked.put(channel.key(), clock.instant());
    Flight flight = flights.computeIfAbsent(channel.key(), _ -> new Flight());
    long question = flight.ask();
    return flight.answer(question, () -> ask(channel));
  }

  /// Syncs, in the background, all channels that have not been for a while.
  void round() {
    try {
      List<Channel> page = channels.all(0, PAGE);
      while (!page.isEmpty()) {
        page.stream().filter(this::isDue).forEach(this::requestInRound);
        page = channels.all(page.getLast().key(), PAGE);
      }
    } catch (StorageException e) {
      LOG.warn("templates are not synced now, as the database does not answer: {}", e.kind());
    }
  }

  private void requestInRound(Channel channel) {
    // Noted now, so that a slow provider is not asked again by the next round.
    asked.put(channel.key(), clock.instant());
    request(channel);
  }

  private boolean isDue(Channel channel) {
    if (channel.state() == Channel.State.DISABLED
        || !channels.connector(channel).capabilities().hasTemplates()) {
      return false;
    }
    Instant last = asked.get(channel.key());
    return last == null || !last.plus(INTERVAL).isAfter(clock.instant());
  }

  private Outcome ask(Channel channel) {
    TemplateListing listing = channels.session(channel).templates();
    return switch (listing) {
      case Failed failed -> new Outcome(Optional.empty(), failed);
      case Listed listed ->
          new Outcome(
              Optional.of(
                  journal.commit(
                      new SyncTemplates(templates, channel, listed.templates(), clock.instant()))),
              null);
    };
  }

  private void syncQuietly(Channel channel) {
    try {
      Failed failure = sync(channel).failure();
      if (failure != null) {
        LOG.info(
            "the templates of {} were not listed: {}, provider's code {}",
            channel.name(),
            failure.reason(),
            failure.answer().code());
      }
    } catch (StorageException e) {
      LOG.warn("the templates of {} were not stored: {}", channel.name(), e.kind());
    }
  }

  /// What came of it.
  ///
  /// @param counts empty when the provider did not list them
  /// @param failure null when it did
  record Outcome(Optional<SyncTemplates.Counts> counts, @Nullable Failed failure) {}

  /// The listings of one channel.
  private static final class Flight {

    private final ReentrantLock running = new ReentrantLock();
    private long questions;
    private long answered;
    private @Nullable Outcome last;

    /// Takes a number.
    synchronized long ask() {
      return ++questions;
    }

    Outcome answer(long question, Supplier<Outcome> listing) {
      running.lock();
      try {
        if (last == null || answered < question) {
          long covered = questionsSoFar();
          last = listing.get();
          answered = covered;
        }
        return last;
      } finally {
        running.unlock();
      }
    }

    private synchronized long questionsSoFar() {
      return questions;
    }
  }
}
