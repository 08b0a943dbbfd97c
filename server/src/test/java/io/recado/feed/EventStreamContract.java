package io.recado.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.event.Event;
import io.recado.event.EventType;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.StreamPlaces;
import io.recado.http.request.StreamedBody.Outlet;
import io.recado.journal.Dialect;
import io.recado.journal.StorageException;
import io.recado.json.JsonObject;
import io.recado.testing.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What a stream of events promises on every database, at the outlet that the server gives it.
interface EventStreamContract {

  Duration LONG = Duration.ofHours(1);

  Dialect engine();

  /// A stream that is being written.
  final class Reading implements Outlet, AutoCloseable {

    private final StringBuilder text = new StringBuilder();
    private final FeedBench bench;
    private final LogWatch watch = new LogWatch().start();
    private final AtomicReference<RuntimeException> refusal = new AtomicReference<>();
    private final AtomicBoolean left = new AtomicBoolean();
    private final Thread thread;

    Reading(FeedBench bench, EventChoice choice, Optional<String> cursor, EventStream.Pace pace) {
      this.bench = bench;
      var streaming = new EventRoutes.Streaming(watch, new StreamPlaces(1, 1), _ -> {}, pace);
      var reader = new EventStream.Reader(1, choice, cursor);
      var stream =
          new EventStream(bench.feed, streaming, reader, this::admit, () -> left.set(true));
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (stream) {
                      stream.writeTo(this);
                    } catch (InterruptedException _) {
                      // The test has seen enough.
                    }
                  });
    }

    static Reading all(FeedBench bench, Optional<String> cursor) {
      return new Reading(
          bench, EventChoice.ALL, cursor, new EventStream.Pace(LONG, LONG, System::nanoTime));
    }

    private void admit() {
      if (refusal.get() != null) {
        throw refusal.get();
      }
    }

    @Override
    public synchronized void send(byte[] bytes) {
      text.append(new String(bytes, StandardCharsets.UTF_8));
    }

    synchronized String text() {
      return text.toString();
    }

    /// What was sent, block by block.
    List<String> blocks() {
      String all = text();
      return all.isEmpty() ? List.of() : List.of(all.split("\n\n"));
    }

    /// Waits for a number of blocks.
    List<String> await(int count) {
      return Await.until(count + " blocks", this::blocks, blocks -> blocks.size() >= count);
    }

    /// The positions of the events that were sent.
    List<Long> positions() {
      List<Long> positions = new ArrayList<>();
      for (String block : blocks()) {
        if (block.contains("\ndata: {\"id\"")) {
          String id = block.lines().findFirst().orElseThrow().substring("id: ".length());
          positions.add(bench.ids.position(id).orElseThrow());
        }
      }
      return positions;
    }

    void awaitEnd() throws InterruptedException {
      assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
      assertThat(left).isTrue();
    }

    @Override
    public void close() {
      thread.interrupt();
      watch.close();
    }
  }

  @Test
  default void aReaderWithoutACursorIsGreetedWithTheEndAndSeesWhatComes() {
    try (var bench = new FeedBench(engine());
        var reading = Reading.all(bench, Optional.empty())) {
      assertThat(reading.await(2))
          .containsExactly("retry: 3000\n: events of Recado", "id: " + bench.ids.text(1));
      bench.append(77, 1);
      reading.watch.appended(event());
      String json =
          new String(
              bench.feed.after(1, 1, 1, EventChoice.ALL).getFirst().json(), StandardCharsets.UTF_8);
      assertThat(reading.await(3).getLast())
          .isEqualTo("id: " + bench.ids.text(2) + "\nevent: channel.updated\ndata: " + json);
    }
  }

  private static Event event() {
    return Event.ofChannel(1, EventType.CHANNEL_UPDATED, Instant.EPOCH, 77, JsonObject.empty());
  }

  @Test
  default void aReaderWithACursorSeesWhatFollowsItAndNothingTwice() {
    try (var bench = new FeedBench(engine())) {
      bench.append(77, 500);
      try (var reading = Reading.all(bench, Optional.of(bench.ids.text(123)))) {
        Await.until("the log's end", reading::positions, p -> p.size() >= 378);
        assertThat(reading.positions())
            .hasSize(378)
            .startsWith(124L)
            .endsWith(501L)
            .isSorted()
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  default void aSilentStreamBeatsWithTheIdThatItHasLookedUpTo() {
    try (var bench = new FeedBench(engine())) {
      bench.append(77, 4);
      var pace = new EventStream.Pace(Duration.ofMillis(30), LONG, System::nanoTime);
      var nobody = new EventChoice(Set.of(EventType.MESSAGE_READ), Set.of());
      try (var reading = new Reading(bench, nobody, Optional.of(bench.ids.text(0)), pace)) {
        List<String> blocks = reading.await(4);
        assertThat(blocks.get(1)).isEqualTo("id: " + bench.ids.text(0));
        assertThat(blocks.get(2)).isEqualTo(": still here\nid: " + bench.ids.text(5));
        assertThat(blocks.get(3)).isEqualTo(blocks.get(2));
      }
    }
  }

  @Test
  default void aCursorOfAnotherLogOrOneThatWasUndoneBeginsAnewWithAReset() {
    try (var bench = new FeedBench(engine())) {
      bench.append(77, 2);
      for (String cursor : List.of(new EventIds(5).text(2), bench.ids.text(99))) {
        try (var reading = Reading.all(bench, Optional.of(cursor))) {
          String start = bench.ids.text(0);
          assertThat(reading.await(5).get(1))
              .isEqualTo("id: " + start + "\nevent: reset\ndata: {\"after\":\"" + start + "\"}");
          assertThat(reading.positions()).containsExactly(1L, 2L, 3L);
        }
      }
    }
  }

  @Test
  default void aCursorOlderThanWhatIsKeptIsResetToTheOldest() {
    try (var bench = new FeedBench(engine())) {
      bench.append(77, 9);
      bench.delivery.server.journal.commit(new EventFeedContract.DeleteEvents(7));
      try (var reading = Reading.all(bench, Optional.of(bench.ids.text(3)))) {
        assertThat(reading.await(6).get(2))
            .startsWith("id: " + bench.ids.text(7) + "\nevent: reset\n");
        assertThat(reading.positions()).containsExactly(8L, 9L, 10L);
      }
    }
  }

  @Test
  default void aReaderWhoseKeyWasRevokedIsCutOff() throws InterruptedException {
    try (var bench = new FeedBench(engine())) {
      var pace = new EventStream.Pace(LONG, Duration.ofMillis(10), System::nanoTime);
      try (var reading = new Reading(bench, EventChoice.ALL, Optional.empty(), pace)) {
        reading.await(2);
        reading.refusal.set(ApiError.of(ErrorReason.CREDENTIALS_UNKNOWN, "It was revoked."));
        reading.awaitEnd();
      }
    }
  }

  @Test
  default void aReaderIsCutOffWhileTheDatabaseIsAwaySoThatItComesAgain()
      throws InterruptedException {
    try (var bench = new FeedBench(engine())) {
      var pace = new EventStream.Pace(LONG, Duration.ofMillis(10), System::nanoTime);
      try (var reading = new Reading(bench, EventChoice.ALL, Optional.empty(), pace)) {
        reading.await(2);
        reading.refusal.set(new StorageException(StorageException.Kind.UNAVAILABLE, "away"));
        reading.awaitEnd();
      }
    }
  }
}
