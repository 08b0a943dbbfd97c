package io.recado.webhook.delivery;

import io.recado.access.AuditLog;
import io.recado.feed.EventFeed;
import io.recado.feed.LogWatch;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.webhook.cursor.Answer;
import io.recado.webhook.cursor.Command;
import io.recado.webhook.cursor.Deliverer;
import io.recado.webhook.cursor.Input;
import io.recado.webhook.endpoint.Endpoints;
import io.recado.webhook.endpoint.StandingStore.Reading;
import io.recado.webhook.endpoint.WebhookEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out what the [Deliverer] decides: one thread that tells it what happened, and a virtual
/// thread for everything that blocks.
public final class Delivering implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Delivering.class);
  private static final Duration FLUSH = Duration.ofMillis(250);
  private static final long LONGEST_SLEEP_MILLIS = 1_000;
  private static final int AT_ONCE = 500;

  private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
  private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Long, List<Command.ReadPage>> reads = new LinkedHashMap<>();
  private final Deliverer deliverer;
  private final Endpoints endpoints;
  private final Parts parts;
  private final ServedEndpoints served;
  private final Worker worker;
  private final Recorder recorder;
  private final Thread thread = Thread.ofPlatform().name("webhooks").unstarted(this::run);
  private long flushAt;
  private boolean isFlushDue;
  private volatile boolean stopping;

  /// Delivering, not started.
  public Delivering(Endpoints endpoints, Parts parts) {
    this.endpoints = endpoints;
    this.parts = parts;
    this.deliverer = new Deliverer(parts.random);
    this.served = new ServedEndpoints(endpoints, parts.reads, parts.watch);
    this.worker = new Worker(parts, endpoints, served, () -> stopping);
    this.recorder = new Recorder(parts.journal, work, () -> later(this::stored));
  }

  /// What it works with.
  ///
  /// @param random for jitter
  public record Parts(
      Journal journal,
      ReadPool reads,
      EventFeed feed,
      LogWatch watch,
      Post post,
      InstantSource clock,
      AuditLog auditLog,
      RandomGenerator random,
      Observer observer) {}

  /// Told of each attempt, for metrics.
  @FunctionalInterface
  public interface Observer {
    void attempted(Answer.Kind outcome, long nanos);
  }

  /// Goes on from where every endpoint's cursor stands.
  public void start() {
    endpoints.listen(change -> later(() -> changed(change)));
    parts.watch.listen(workspace -> tell(new Input.Grown(workspace)));
    later(this::openAll);
    thread.start();
  }

  /// A replay is durable. Quick; for the journal's thread.
  void replay(WebhookEndpoint endpoint, Reading reading) {
    later(
        () ->
            served
                .find(endpoint.key())
                .ifPresent(
                    known -> {
                      known.readings().put(reading.cursor().number(), reading);
                      step(new Input.ReplayAdded(endpoint.key(), reading.cursor()));
                    }));
  }

  /// A refused event that waits is to be tried now. Quick.
  void dueNow(long endpoint, long lane) {
    tell(new Input.DueNow(endpoint, lane));
  }

  /// Looks at the clock again, because it was moved.
  public void wake() {
    tell(new Input.Tick());
  }

  /// Starts nothing any more, waits for what is under way, and stores what came of it.
  ///
  /// @return whether all of it ended in time
  public boolean drain(Duration patience) throws InterruptedException {
    stopping = true;
    wake();
    thread.join(patience);
    boolean hasEnded = !thread.isAlive();
    close();
    return hasEnded;
  }

  /// Stops at once; what was not stored is sent again after the next start.
  @Override
  public void close() {
    stopping = true;
    recorder.stop();
    thread.interrupt();
    work.shutdownNow();
  }

  private void tell(Input input) {
    later(() -> step(input));
  }

  private void later(Runnable action) {
    inbox.add(action);
  }

  private void run() {
    try {
      while (!stopping || !isDone()) {
        Runnable action = inbox.poll(sleepMillis(), TimeUnit.MILLISECONDS);
        (action == null ? (Runnable) () -> step(new Input.Tick()) : action).run();
        startReading();
        flushWhenDue();
      }
    } catch (InterruptedException _) {
      LOG.debug("telling webhooks was interrupted");
    } catch (RejectedExecutionException e) {
      if (!stopping) {
        throw e;
      }
      LOG.debug("telling webhooks was stopped before all was stored; it is told again", e);
    }
  }

  /// When stopping: nothing is under way, and all that came of it is stored.
  private boolean isDone() {
    return worker.isIdle() && inbox.isEmpty() && recorder.hasNothing();
  }

  private long sleepMillis() {
    Instant now = parts.clock.instant();
    Instant next = deliverer.nextTime();
    long millis = next == null ? LONGEST_SLEEP_MILLIS : Duration.between(now, next).toMillis() + 1;
    long flush =
        isFlushDue && !recorder.isStoring()
            ? TimeUnit.NANOSECONDS.toMillis(flushAt - System.nanoTime()) + 1
            : millis;
    // Never long, so that a clock that was set is noticed.
    return Math.clamp(Math.min(millis, flush), 0, LONGEST_SLEEP_MILLIS);
  }

  private void flushWhenDue() {
    if (isFlushDue && (stopping || System.nanoTime() >= flushAt) && !recorder.isStoring()) {
      flush();
    }
  }

  private void flush() {
    isFlushDue = false;
    recorder.take(deliverer.takeProgress(parts.clock.instant()));
  }

  private void stored() {
    recorder.onStored();
  }

  private void step(Input input) {
    try {
      deliverer.on(input, parts.clock.instant()).forEach(this::carryOut);
      if (!isFlushDue) {
        isFlushDue = true;
        flushAt = System.nanoTime() + FLUSH.toNanos();
      }
    } catch (RejectedExecutionException e) {
      if (!stopping) {
        throw e;
      }
    } catch (RuntimeException e) {
      // One endpoint's fault must not stop all others.
      LOG.error("a fault while telling webhooks", e);
    }
  }

  private void carryOut(Command command) {
    switch (command) {
      case Command.Record record ->
          worker.take(record.place()).ifPresent(event -> recorder.add(new Told(record, event)));
      case Command.Deliver attempt -> {
        if (!stopping) {
          work.execute(() -> tell(worker.deliver(attempt)));
        }
      }
      case Command.ReadPage read ->
          reads.computeIfAbsent(read.workspace(), _ -> new ArrayList<>()).add(read);
      case Command.ReadLane read -> work.execute(() -> tell(worker.lane(read)));
      case Command.Disable disable -> {
        flush();
        work.execute(() -> worker.disable(disable));
      }
    }
  }

  /// The endpoints of a workspace usually ask for the same page, all at once: one thread reads for
  /// all of them.
  private void startReading() {
    reads.values().forEach(same -> work.execute(() -> tellAll(same)));
    reads.clear();
  }

  private void tellAll(List<Command.ReadPage> same) {
    List<Input> pages = same.stream().map(worker::page).toList();
    later(() -> pages.forEach(this::step));
  }

  private void openAll() {
    long after = 0;
    try {
      List<WebhookEndpoint> some = endpoints.all(after, AT_ONCE);
      while (!some.isEmpty()) {
        some.stream().filter(WebhookEndpoint::isEnabled).forEach(this::open);
        after = some.getLast().key();
        some = endpoints.all(after, AT_ONCE);
      }
    } catch (RuntimeException e) {
      LOG.warn("the webhook endpoints could not be read; it is tried again", e);
      again(this::openAll);
    }
  }

  private void changed(Endpoints.Change change) {
    WebhookEndpoint before = change.before();
    WebhookEndpoint after = change.after();
    boolean isServed = after != null && after.isEnabled();
    if (!isServed) {
      close(before == null ? after : before);
    } else if (before == null || !before.isEnabled() || !served.refresh(after)) {
      open(after);
    } else if (!before.url().equals(after.url())) {
      step(new Input.Changed(after.key()));
    }
  }

  private void close(WebhookEndpoint endpoint) {
    flush();
    served.remove(endpoint.key());
    worker.forget(endpoint.key());
    step(new Input.Closed(endpoint.key()));
  }

  private void open(WebhookEndpoint endpoint) {
    try {
      step(served.open(endpoint));
    } catch (RuntimeException e) {
      LOG.warn("{} could not be opened; it is tried again", endpoint.name(), e);
      again(() -> open(endpoint));
    }
  }

  private void again(Runnable action) {
    work.execute(
        () -> {
          LockSupport.parkNanos(Worker.PAUSE.toNanos());
          later(action);
        });
  }
}
