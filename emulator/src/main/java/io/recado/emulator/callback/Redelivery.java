package io.recado.emulator.callback;

import io.recado.emulator.time.Timers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a callback, and the same bytes again until they are answered 200.
///
/// Source of the schedule: Meta says only "decreasing frequency, up to 7 days"; 5 s doubling to an
/// hour is our choice.
final class Redelivery {
  private static final Logger LOG = LoggerFactory.getLogger(Redelivery.class);
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration GIVE_UP = Duration.ofDays(7);
  private static final long MAX_KEPT_BYTES = 256L << 20;

  private final CallbackClient client;
  private final Timers timers;
  private final InstantSource clock;
  private final ExecutorService threads;
  private final Semaphore slots = new Semaphore(8);
  private final AtomicLong keptBytes = new AtomicLong();
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  private record Delivery(
      Destination to, String signature, byte[] body, long firstMillis, int failures) {
    Delivery failedAgain() {
      return new Delivery(to, signature, body, firstMillis, failures + 1);
    }

    Duration delay() {
      Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, 20));
      return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
  }

  Redelivery(CallbackClient client, Timers timers, InstantSource clock, ExecutorService threads) {
    this.client = client;
    this.timers = timers;
    this.clock = clock;
    this.threads = threads;
  }

  /// Sends once, blocking; a failure is followed up in the background.
  void send(Destination to, byte[] body) {
    Delivery first = new Delivery(to, Signature.of(to.secret(), body), body, clock.millis(), 0);
    if (!post(first)) {
      if (keptBytes.addAndGet(body.length) > MAX_KEPT_BYTES) {
        keptBytes.addAndGet(-body.length);
        drop("there is no room for more");
        return;
      }
      kept.incrementAndGet();
      followUp(first.failedAgain());
    }
  }

  private boolean post(Delivery delivery) {
    boolean taken = client.post(delivery.to.url(), delivery.signature, delivery.body);
    if (taken) {
      delivered.incrementAndGet();
    }
    return taken;
  }

  private void followUp(Delivery delivery) {
    again(delivery);
    // Counted last, so that whoever reads the count may move the clock to the next attempt.
    failed.incrementAndGet();
  }

  private void again(Delivery delivery) {
    Duration age = Duration.ofMillis(clock.millis() - delivery.firstMillis);
    if (age.compareTo(GIVE_UP) >= 0) {
      forget(delivery);
      drop("it is seven days old");
      return;
    }
    timers.after(delivery.delay(), () -> threads.execute(() -> sendAgain(delivery)));
  }

  private void sendAgain(Delivery delivery) {
    slots.acquireUninterruptibly();
    boolean taken;
    try {
      taken = post(delivery);
    } finally {
      slots.release();
    }
    if (taken) {
      forget(delivery);
    } else {
      followUp(delivery.failedAgain());
    }
  }

  private void forget(Delivery delivery) {
    kept.decrementAndGet();
    keptBytes.addAndGet(-delivery.body.length);
  }

  private void drop(String why) {
    if (dropped.incrementAndGet() == 1) {
      LOG.warn("A callback that was not answered 200 is given up: {}", why);
    }
  }

  CallbackCounts counts(long waiting, long droppedBefore) {
    return new CallbackCounts(
        waiting, kept.get(), delivered.get(), failed.get(), dropped.get() + droppedBefore);
  }
}
