package io.recado.prove.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FaultProxyTest {

  private final AtomicInteger reached = new AtomicInteger();
  private HttpServer server;
  private FaultProxy proxy;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          reached.incrementAndGet();
          byte[] answer = "accepted".getBytes();
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    proxy = FaultProxy.before(server.getAddress().getPort());
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    proxy.close();
    server.stop(0);
  }

  @Test
  @Timeout(20)
  void whatHasNoFaultPassesAndIsNotCounted() throws Exception {
    assertThat(post().body()).isEqualTo("accepted");
    assertThat(post().body()).isEqualTo("accepted");
    assertThat(reached).hasValue(2);
    assertThat(proxy.served()).isEmpty();
    // The caller may have the answer a moment before the proxy notes that it has.
    while (proxy.underWay() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aRequestThatIsNoPostHasNoFault() throws Exception {
    proxy.follow(Fault.Reset::new);

    HttpRequest get = HttpRequest.newBuilder(URI.create(proxy.url())).build();

    assertThat(client.send(get, BodyHandlers.ofString()).body()).isEqualTo("accepted");
  }

  @Test
  void aSwallowedAnswerIsAnAcceptThatTheCallerDoesNotHearOf() {
    proxy.follow(Fault.SwallowAnswer::new);

    assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    assertThat(reached).hasPositiveValue();
    assertThat(proxy.served()).containsKey("swallow answer");
  }

  @Test
  void aResetDoesNotReachTheServer() {
    proxy.follow(Fault.Reset::new);

    assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    assertThat(reached).hasValue(0);
  }

  @Test
  void anAnswerThatIsCutIsNoAnswer() {
    proxy.follow(() -> new Fault.CutAfter(40));

    assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    assertThat(reached).hasPositiveValue();
  }

  @Test
  void aBlackHoleTakesTheRequestAndAHalfOpenConnectionTheAnswer() {
    proxy.follow(Fault.BlackHole::new);
    assertThatThrownBy(this::post).isInstanceOf(HttpTimeoutException.class);
    assertThat(reached).hasValue(0);
    assertThat(proxy.total()).isEqualTo(1);

    proxy.follow(Fault.HalfOpen::new);
    assertThatThrownBy(this::post).isInstanceOf(HttpTimeoutException.class);
    assertThat(reached).hasValue(1);
  }

  @Test
  void whatIsLateOrSlowComesWhole() throws Exception {
    proxy.follow(() -> new Fault.Latency(Duration.ofMillis(50)));
    long start = System.nanoTime();
    assertThat(post().body()).isEqualTo("accepted");
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(50).toNanos());

    proxy.follow(() -> new Fault.Drip(5_000));
    assertThat(post().body()).isEqualTo("accepted");
    assertThat(proxy.served()).isEqualTo(Map.of("latency", 1L, "drip", 1L));
  }

  @Test
  void theSameSeedDrawsTheSameFaults() {
    Map<Fault, Double> shares = Map.of(new Fault.Reset(), 0.3, new Fault.BlackHole(), 0.3);
    var one = FaultPlan.of(7, shares);
    var other = FaultPlan.of(7, shares);

    for (int i = 0; i < 100; i++) {
      assertThat(one.get()).isEqualTo(other.get());
    }
  }

  private HttpResponse<String> post() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(proxy.url()))
            .timeout(Duration.ofSeconds(1))
            .POST(BodyPublishers.ofString("text"))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
