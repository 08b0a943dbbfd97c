package io.recado.emulator.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.emulator.account.Account;
import io.recado.emulator.graph.Json;
import io.recado.emulator.testing.Business;
import io.recado.emulator.time.Timers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Time stands still here unless a test moves it.
class CallbackQueueTest {
  private static final int BATCH = 4;

  private final AtomicLong now = new AtomicLong(1_790_000_000_000L);
  private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
  private final Timers timers = new Timers(clock);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CallbackClient client = new CallbackClient();
  private final Business business = new Business();
  private final CallbackQueue queue =
      new CallbackQueue(
          new Destination(business.url(), "secret"),
          () -> BATCH,
          new Redelivery(client, timers, clock, threads),
          timers,
          threads);

  @AfterEach
  void close() {
    business.release();
    timers.close();
    threads.shutdownNow();
    client.close();
    business.close();
  }

  private void add(String... names) {
    Account account = new Account("200", "token", "secret", "verify", business.url(), List.of());
    for (String name : names) {
      queue.add(new Update.OnAccount(account, name, Json.object(), 1));
    }
  }

  private void move(long millis) {
    now.addAndGet(millis);
    timers.rearm();
  }

  /// The names in the next callback.
  private List<String> next() {
    List<String> names = new ArrayList<>();
    for (JsonNode change : business.next().json().at("/entry/0/changes")) {
      names.add(change.path("field").asString());
    }
    return names;
  }

  @Test
  void whatComesUpWithinAFewMillisecondsGoesTogether() {
    now.addAndGet(1);
    add("a");
    now.addAndGet(2);
    add("b");
    move(5);

    assertThat(next()).containsExactly("a", "b");
  }

  @Test
  void whatComesUpWhileACallbackIsUnderWayGoesTogetherBehindIt() {
    business.hold();
    add("a");
    move(5);
    assertThat(next()).containsExactly("a");

    add("b");
    move(10);
    add("c");
    move(10);
    business.release();

    assertThat(next()).containsExactly("b", "c");
  }

  @Test
  void aWholeBatchGoesOutBesideACallbackThatIsUnderWay() {
    business.hold();
    add("a");
    move(5);
    assertThat(next()).containsExactly("a");

    add("b", "c", "d", "e", "f");
    move(5);

    assertThat(next()).containsExactly("b", "c", "d", "e");
    business.release();
    assertThat(next()).containsExactly("f");
  }

  @Test
  void aBusinessThatDoesNotAnswerHoldsTheNextCallbackUpForFiftyMillisecondsOnly() {
    business.hold();
    add("a");
    move(5);
    assertThat(next()).containsExactly("a");

    add("b");
    // A timer that is due after the queue has looked at what waits tells when its patience began.
    timers.at(now.get() + 5, () -> move(50));
    move(5);

    assertThat(next()).containsExactly("b");
  }
}
