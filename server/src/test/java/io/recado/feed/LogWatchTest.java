package io.recado.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.event.Event;
import io.recado.event.EventType;
import io.recado.journal.Dialect;
import io.recado.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogWatchTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final LogWatch watch = new LogWatch().start();

  @AfterEach
  void stop() {
    watch.close();
  }

  private static Event event(long workspace) {
    return Event.ofChannel(
        workspace, EventType.CHANNEL_UPDATED, Instant.EPOCH, 1, JsonObject.empty());
  }

  private CountDownLatch waiting(long workspace, long mark) {
    var woken = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                watch.await(workspace, mark, LONG);
                if (watch.mark(workspace) != mark) {
                  woken.countDown();
                }
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    return woken;
  }

  private static void assertWoken(CountDownLatch woken) throws InterruptedException {
    assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void everyoneWhoWaitsForALogIsWokenAndNobodyElse() throws InterruptedException {
    CountDownLatch first = waiting(1, watch.mark(1));
    CountDownLatch second = waiting(1, watch.mark(1));
    long other = watch.mark(2);
    watch.appended(event(1));
    assertWoken(first);
    assertWoken(second);
    assertThat(watch.mark(2)).isEqualTo(other);
  }

  @Test
  void whatIsCommittedBetweenMarkAndWaitIsNotMissed() throws InterruptedException {
    long mark = watch.mark(1);
    watch.appended(event(1));
    assertWoken(waiting(1, mark));
  }

  @Test
  void nobodyWaitsForLongerThanHeSays() throws InterruptedException {
    watch.await(1, watch.mark(1), Duration.ofMillis(1));
    watch.await(1, watch.mark(1), Duration.ofMillis(-1));
  }

  @Test
  void aListenerIsToldOfEveryWorkspaceAndOfAStormOnlySeldom() throws InterruptedException {
    BlockingQueue<Long> told = new LinkedBlockingQueue<>();
    var count = new AtomicInteger();
    watch.listen(
        workspace -> {
          told.add(workspace);
          count.incrementAndGet();
        });
    long started = System.nanoTime();
    for (int i = 0; i < 200_000; i++) {
      watch.appended(event(7));
    }
    watch.appended(event(8));
    while (told.poll(10, TimeUnit.SECONDS) != 8) {
      // The storm's own.
    }
    long rounds = Duration.ofNanos(System.nanoTime() - started).dividedBy(LogWatch.PAUSE) + 2;
    assertThat((long) count.get()).isBetween(2L, 2 * rounds);
  }

  @Test
  void anotherNodesCommitsAreFoundByLooking() throws InterruptedException {
    try (var bench = new FeedBench(Dialect.SQLITE)) {
      watch.mark(2);
      CountDownLatch woken = waiting(1, watch.mark(1));
      bench.append(77, 1);
      watch.poll(bench.delivery.server.reads);
      assertWoken(woken);
      CountDownLatch again = waiting(1, watch.mark(1));
      bench.append(77, 1);
      watch.poll(bench.delivery.server.reads);
      assertWoken(again);
    }
  }
}
