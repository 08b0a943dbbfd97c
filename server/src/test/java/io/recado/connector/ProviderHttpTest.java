package io.recado.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.ProviderHttp.Exchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderHttpTest {

  private final ProviderHttp http = new ProviderHttp();
  private ScriptedProvider provider;

  @BeforeEach
  void start() throws IOException {
    provider = new ScriptedProvider();
  }

  @AfterEach
  void stop() {
    provider.close();
    http.closeIdle();
  }

  @Test
  void anAnswerIsGivenWholeWithItsStatusAndHeadersInAnyCase() {
    provider.answers(418, "short and stout", Map.of("Retry-After", "7"));

    Exchange.Answered answered = (Exchange.Answered) post("{}");

    assertThat(answered.status()).isEqualTo(418);
    assertThat(new String(answered.body(), UTF_8)).isEqualTo("short and stout");
    assertThat(answered.header("retry-after")).contains("7");
    assertThat(answered.header("absent")).isEmpty();
  }

  @Test
  void theRequestIsSentAsGiven() {
    provider.answers(200, "{}");

    http.exchange("POST", provider.url() + "/a%20b?c=d", Map.of("X-One", "1"), "ñ".getBytes(UTF_8));

    ScriptedProvider.Asked asked = provider.onlyAsked();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.path()).isEqualTo("/a%20b?c=d");
    assertThat(asked.header("X-One")).isEqualTo("1");
    assertThat(asked.body()).isEqualTo("ñ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void aRequestIsNotRepeatedWhenTheProviderAsksForItAtOnce(String method) {
    provider.answers(503, "", Map.of("Retry-After", "0")).answers(200, "{}");

    Exchange exchange =
        http.exchange(
            method, provider.url(), Map.of(), method.equals("GET") ? null : "{}".getBytes(UTF_8));

    assertThat(exchange).isInstanceOf(Exchange.Answered.class);
    assertThat(((Exchange.Answered) exchange).status()).isEqualTo(503);
    assertThat(provider.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "99999999999", "soon", "Sun, 22 Nov 2026 10:05:00 GMT"})
  void whateverRetryAfterSaysReachesTheCaller(String retryAfter) {
    provider.answers(503, "", Map.of("Retry-After", retryAfter));

    assertThat(((Exchange.Answered) post("{}")).header("RETRY-AFTER")).contains(retryAfter);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308, 401, 408, 421})
  void neitherARedirectNorAnyOtherStatusLeadsToASecondRequest(int status) {
    provider
        .answers(
            status,
            "",
            Map.of("Location", provider.url() + "/elsewhere", "WWW-Authenticate", "Basic"))
        .answers(200, "{}");

    assertThat(((Exchange.Answered) post("{}")).status()).isEqualTo(status);
    assertThat(provider.asked()).hasSize(1);
  }

  @Test
  void aRefusedConnectionIsNotSent() throws IOException {
    int port;
    try (var once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = once.getLocalPort();
    }

    Exchange exchange =
        http.exchange("POST", "http://127.0.0.1:" + port, Map.of(), "{}".getBytes(UTF_8));

    assertThat(exchange).isEqualTo(new Exchange.NotSent("ConnectException"));
  }

  @Test
  void anUnknownHostIsNotSent() {
    assertThat(http.exchange("POST", "http://no.such.invalid", Map.of(), new byte[0]))
        .isInstanceOf(Exchange.NotSent.class);
  }

  @Test
  void aFailedHandshakeIsNotSent() throws IOException {
    try (var broken = new BreakingProvider()) {
      broken.breakRequestAfter(1);
      String url = broken.url().replace("http:", "https:");

      assertThat(http.exchange("POST", url, Map.of(), new byte[0]))
          .isInstanceOf(Exchange.NotSent.class);
    }
  }

  @Test
  void aProviderThatNeverAnswersLosesTheRequestInTime() throws IOException {
    var impatient = new ProviderHttp(Duration.ofMillis(100));
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Exchange exchange =
          impatient.exchange(
              "POST", "http://127.0.0.1:" + silent.getLocalPort(), Map.of(), new byte[0]);

      assertThat(exchange).isInstanceOf(Exchange.Lost.class);
    }
  }

  @Test
  void anAnswerBrokenOffIsLostAndSaysItsStatus() throws IOException {
    try (var broken = new BreakingProvider()) {
      String answer = "HTTP/1.1 202 Accepted\r\nContent-Length: 10\r\n\r\n0123";
      broken.answer(answer, answer.length());

      Exchange.Lost lost =
          (Exchange.Lost) http.exchange("POST", broken.url(), Map.of(), new byte[0]);

      assertThat(lost.status()).isEqualTo(202);
    }
  }

  @Test
  void anAnswerBeyondOneMebibyteIsLost() {
    provider.answers(200, "x".repeat((1 << 20) + 1)).answers(200, "x".repeat(1 << 20));

    assertThat(post("{}")).isEqualTo(new Exchange.Lost("the answer was longer than 1 MiB", 200));
    assertThat(((Exchange.Answered) post("{}")).body()).hasSize(1 << 20);
  }

  @Test
  void aConnectionIsUsedAgainWhileItIsOpen() {
    provider.answers(200, "{}").answers(200, "{}").answers(200, "{}");

    post("{}");
    post("{}");
    http.exchange("GET", provider.url(), Map.of(), null);

    assertThat(provider.asked())
        .extracting(ScriptedProvider.Asked::port)
        .hasSize(3)
        .containsOnly(provider.asked().getFirst().port());
  }

  @Test
  void aConnectionThatTheProviderHasClosedIsNotUsedAgain() throws IOException {
    try (var closing = new BreakingProvider()) {
      String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
      closing.answer(answer, answer.length());

      for (int i = 1; i <= 20; i++) {
        assertThat(http.exchange("POST", closing.url(), Map.of(), new byte[3]))
            .isInstanceOf(Exchange.Answered.class);
        closing.awaitClosed();
        assertThat(closing.connections()).isEqualTo(i);
      }
    }
  }

  private Exchange post(String body) {
    return http.exchange("POST", provider.url() + "/path", Map.of(), body.getBytes(UTF_8));
  }
}
