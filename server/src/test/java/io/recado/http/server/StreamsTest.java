package io.recado.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.http.TestApi;
import io.recado.http.request.StreamedBody;
import io.recado.http.server.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Answers that are written over time, over real sockets.
class StreamsTest {

  private static final String END = "";

  private final TestApi test = new TestApi();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final Semaphore ended = new Semaphore(0);
  private final List<RawClient> clients = new ArrayList<>();
  private HttpServer server;

  @AfterEach
  void stop() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
    server.close();
  }

  /// Greets, and then writes what the test tells it to, until it is told [#END].
  private final class Telling implements StreamedBody {

    @Override
    public void writeTo(Outlet outlet) throws InterruptedException {
      outlet.send("first".getBytes(StandardCharsets.UTF_8));
      while (true) {
        String word = told.take();
        if (word.equals(END)) {
          return;
        }
        outlet.send(word.getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    public void close() {
      ended.release();
    }
  }

  private void start(Listening listening) {
    test.streamed = new Telling();
    server = HttpServer.start(test.api, listening);
  }

  private void start() {
    start(Listening.on("127.0.0.1", 0));
  }

  private RawClient client() throws IOException {
    var client = new RawClient(server.port());
    clients.add(client);
    return client;
  }

  /// A client whose stream has begun.
  private RawClient reader() throws IOException {
    RawClient reader = client();
    reader.write(RawClient.head("GET", "/v1/stream"));
    reader.write("\r\n");
    assertThat(reader.readHead().status()).isEqualTo(200);
    assertThat(reader.readChunk()).isEqualTo("first");
    return reader;
  }

  private void assertEnded() throws InterruptedException {
    assertThat(ended.tryAcquire(10, TimeUnit.SECONDS)).as("the body's end").isTrue();
  }

  @Test
  void whatIsSentIsThereAtOnceAndTheEndIsClean() throws Exception {
    start();
    RawClient reader = client();
    reader.write(RawClient.head("GET", "/v1/stream", "X-Request-Id: mine"));
    reader.write("\r\n");
    Answer head = reader.readHead();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.headers())
        .containsEntry("content-type", "text/event-stream")
        .containsEntry("x-request-id", "mine")
        .containsEntry("cache-control", "no-store")
        .containsEntry("x-accel-buffering", "no")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("transfer-encoding", "chunked")
        .containsEntry("connection", "close");
    assertThat(reader.readChunk()).isEqualTo("first");
    told.add("two");
    assertThat(reader.readChunk()).isEqualTo("two");
    told.add(END);
    assertThat(reader.readChunk()).isEmpty();
    assertThat(reader.isClosed()).isTrue();
    assertEnded();
    assertThat(test.observed).containsExactly("GET /v1/stream 200");
  }

  @Test
  void aStreamEndsWhenItsClientGoesAwayAlthoughThereIsNothingToSend() throws Exception {
    start();
    RawClient reader = reader();
    reader.close();
    assertEnded();
  }

  @Test
  void aStreamTakesNobodysPlace() throws Exception {
    start(Listening.on("127.0.0.1", 0).withRequests(2));
    for (int i = 0; i < 6; i++) {
      reader();
    }
    assertThat(client().get("/v1/channels").status()).isEqualTo(200);
  }

  @Test
  void theServerStopsWithoutWaitingForStreams() throws Exception {
    start();
    RawClient reader = reader();
    Thread drain =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    assertThat(server.drain(Duration.ofMinutes(10))).isTrue();
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                });
    assertThat(reader.readChunk()).as("a clean end").isEmpty();
    assertEnded();
    assertThat(drain.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void aReaderWhoDoesNotReadIsCutOff() throws Exception {
    var times = Listening.Times.USUAL;
    start(
        Listening.on("127.0.0.1", 0)
            .with(
                new Listening.Times(
                    times.head(),
                    Duration.ofMillis(100),
                    times.slowBodyGrace(),
                    times.idle(),
                    times.crowdedIdle())));
    var closed = new CountDownLatch(1);
    byte[] much = new byte[64 << 10];
    test.streamed =
        new StreamedBody() {
          @Override
          public void writeTo(Outlet outlet) throws InterruptedException {
            while (true) {
              outlet.send(much);
            }
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    RawClient reader = client();
    reader.write(RawClient.head("GET", "/v1/stream"));
    reader.write("\r\n");
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aQuietStreamOutlivesAnIdleConnection() throws Exception {
    var times = Listening.Times.USUAL;
    start(
        Listening.on("127.0.0.1", 0)
            .with(
                new Listening.Times(
                    times.head(),
                    times.stall(),
                    times.slowBodyGrace(),
                    Duration.ofMillis(100),
                    times.crowdedIdle())));
    RawClient reader = reader();
    RawClient idle = client();
    idle.get("/v1/channels");
    assertThat(idle.isClosed()).isTrue();
    told.add("still here");
    assertThat(reader.readChunk()).isEqualTo("still here");
  }

  @Test
  void aBodyThatFailsIsClosedAndTheServerGoesOn() throws Exception {
    start();
    test.streamed =
        new StreamedBody() {
          @Override
          public void writeTo(Outlet outlet) throws InterruptedException {
            outlet.send("x".getBytes(StandardCharsets.UTF_8));
            throw new IllegalStateException("a bug");
          }

          @Override
          public void close() {
            ended.release();
          }
        };
    RawClient reader = client();
    reader.write(RawClient.head("GET", "/v1/stream"));
    reader.write("\r\n");
    assertThat(reader.readHead().status()).isEqualTo(200);
    assertThat(reader.readChunk()).isEqualTo("x");
    assertThatThrownBy(reader::readChunk).as("a failure is no end").isInstanceOf(IOException.class);
    assertEnded();
    assertThat(client().get("/v1/channels").status()).isEqualTo(200);
  }

  @Test
  void headAsksForNoStream() throws Exception {
    start();
    RawClient reader = client();
    reader.write(RawClient.head("HEAD", "/open/stream"));
    reader.write("\r\n");
    assertThat(reader.readHead().headers()).containsEntry("content-type", "text/event-stream");
    assertThat(reader.isClosed()).isTrue();
    assertEnded();
  }

  @Test
  void aServerThatIsClosedEndsItsStreamsCleanly() throws Exception {
    start();
    RawClient reader = reader();
    server.close();
    assertThat(reader.readChunk()).isEmpty();
    assertEnded();
  }
}
