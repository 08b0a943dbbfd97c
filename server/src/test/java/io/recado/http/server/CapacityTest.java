package io.recado.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.http.TestApi;
import io.recado.http.server.RawClient.Answer;
import io.recado.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whoever has no key cannot keep out those who have one.
class CapacityTest {

  private static final String JSON = "Content-Type: application/json";
  private static final byte[] SMALL = "{\"text\": \"x\"}".getBytes();

  private final TestApi test = new TestApi();
  private final List<RawClient> clients = new ArrayList<>();
  private HttpServer server;

  @AfterEach
  void stop() throws IOException {
    test.leave.countDown();
    for (RawClient client : clients) {
      client.close();
    }
    server.close();
  }

  private void start(Listening listening) {
    server = HttpServer.start(test.api, listening);
  }

  private RawClient client() throws IOException {
    var client = new RawClient(server.port());
    clients.add(client);
    return client;
  }

  /// A stranger's request whose body the server awaits.
  private RawClient stranger(int length) throws IOException {
    RawClient stranger = client();
    stranger.write(
        RawClient.head(
            "POST", TestApi.CALLBACKS, "Expect: 100-continue", "Content-Length: " + length));
    stranger.write("\r\n");
    assertThat(stranger.read(false).status()).isEqualTo(100);
    return stranger;
  }

  private Answer callBack(int length) {
    try {
      return client().post(TestApi.CALLBACKS, new byte[length]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertOverloaded(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.reason()).isEqualTo("OVERLOADED");
    assertThat(answer.headers()).containsEntry("retry-after", "1");
  }

  @Test
  void aBodyThatIsAwaitedTakesNobodysPlace() throws IOException {
    start(Listening.on("127.0.0.1", 0).withRequests(2));
    List<RawClient> slow = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      slow.add(stranger(10));
    }

    assertThat(client().post(TestApi.MESSAGES, SMALL, JSON).status()).isEqualTo(200);
    assertThat(callBack(7).text()).isEqualTo("7");
    for (RawClient one : slow) {
      one.write(new byte[10]);
      assertThat(one.read().text()).isEqualTo("10");
    }
  }

  @Test
  void strangersGetHalfOfThePlaces() throws Exception {
    start(Listening.on("127.0.0.1", 0).withRequests(2));
    RawClient slow = client();
    slow.write(RawClient.head("POST", "/open/slow", "Content-Length: 0"));
    slow.write("\r\n");
    assertThat(test.entered.await(5, TimeUnit.SECONDS)).isTrue();

    assertOverloaded(callBack(7));
    assertThat(client().post(TestApi.MESSAGES, SMALL, JSON).status()).isEqualTo(200);
    test.leave.countDown();
    assertThat(slow.read().status()).isEqualTo(200);
    assertThat(callBack(7).text()).isEqualTo("7");
  }

  @Test
  void strangersGetHalfOfTheMemoryForBodies() throws IOException {
    start(Listening.on("127.0.0.1", 0).withBodyBytes(1 << 20));
    RawClient large = stranger(4 << 20);
    large.write(new byte[300 << 10]);

    assertOverloaded(
        Await.until("the large body", () -> callBack(20 << 10), answer -> answer.status() != 200));
    byte[] body = ("{\"text\": \"" + "x".repeat(200 << 10) + "\"}").getBytes();
    assertThat(client().post(TestApi.MESSAGES, body, JSON).status()).isEqualTo(200);
    large.close();
    Await.until("its memory", () -> callBack(20 << 10), answer -> answer.status() == 200);
  }

  @Test
  void whatIsAnnouncedAndDoesNotComeTakesNoMemory() throws IOException {
    start(Listening.on("127.0.0.1", 0).withBodyBytes(1 << 20));
    for (int i = 0; i < 50; i++) {
      stranger(4 << 20);
    }

    assertThat(callBack(20 << 10).status()).isEqualTo(200);
  }

  @Test
  void aBodyThatOutgrowsTheMemoryIsRefused() throws IOException {
    start(Listening.on("127.0.0.1", 0).withBodyBytes(1 << 20));

    assertOverloaded(callBack(600 << 10));
    assertThat(callBack(400 << 10).status()).isEqualTo(200);
  }

  @Test
  void whatItsHeadRefusesIsAnsweredBeforeItsBodyComes() throws IOException {
    start(Listening.on("127.0.0.1", 0));
    RawClient client = client();
    client.write(RawClient.head("POST", "/providers/unknown", "Content-Length: 4000000"));
    client.write("\r\n");

    assertThat(client.read().status()).isEqualTo(404);
  }
}
