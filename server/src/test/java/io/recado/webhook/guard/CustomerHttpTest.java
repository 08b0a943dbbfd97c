package io.recado.webhook.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.journal.Id;
import io.recado.network.AddressRange;
import io.recado.testing.StubNames;
import io.recado.webhook.guard.CustomerAnswer.Answered;
import io.recado.webhook.guard.CustomerAnswer.Cause;
import io.recado.webhook.guard.CustomerAnswer.Unanswered;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real connections on the loopback network: `127.0.0.2` is a receiver that the operator allows,
/// and on the same port of `127.0.0.1` and `::1` a canary listens, which nobody may ever connect
/// to.
class CustomerHttpTest {

  private static final Id WORKSPACE = Id.parse("6633a1b2c4d5e6f7a8b9c0d1");
  private static final Id OTHER = Id.parse("6633a1b2c4d5e6f7a8b9c0d2");
  private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");
  private static final byte[] BODY = "{}".getBytes(UTF_8);
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final List<AddressRange> RECEIVERS = List.of(AddressRange.parse("127.0.0.2"));

  private final List<ScriptedReceiver> neighbours =
      ScriptedReceiver.onOnePort("127.0.0.2", "127.0.0.1", "::1");
  private final ScriptedReceiver receiver = neighbours.get(0);
  private final ScriptedReceiver canary = neighbours.get(1);
  private final ScriptedReceiver canary6 = neighbours.get(2);
  private final AddressGuard guard = new AddressGuard(RECEIVERS);
  private final CustomerHttp http = new CustomerHttp(guard, TIMEOUT);

  CustomerHttpTest() throws IOException {}

  @BeforeEach
  void theCanarySeesWhatIsConnectedToIt() {
    try (var everywhere = new AddressGuard(List.of(AddressRange.parse("127.0.0.0/8")));
        var unguarded = new CustomerHttp(everywhere)) {
      String url = "http://127.0.0.1:%d/".formatted(canary.port());
      assertThat(unguarded.post(WORKSPACE, url, HEADERS, BODY)).isInstanceOf(Answered.class);
    }
    assertThat(canary.connections()).isEqualTo(1);
  }

  @AfterEach
  void nobodyElseConnectedToTheCanary() throws IOException {
    http.close();
    guard.close();
    receiver.close();
    canary.close();
    canary6.close();
    assertThat(canary.connections()).isEqualTo(1);
    assertThat(canary6.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:{port}/",
        "https://127.0.0.1:{port}/",
        "http://[::1]:{port}/",
        "https://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[::ffff:7f00:1]:{port}/",
        "https://[0:0:0:0:0:ffff:127.0.0.1]:{port}/",
        "http://[::]:{port}/",
        "http://0.0.0.0:{port}/",
        "http://0:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f000001:{port}/",
        "http://0x7f.1:{port}/",
        "http://0177.1:{port}/",
        "http://127.1:{port}/",
        "http://１２７.０.０.１:{port}/",
        "http://127。0。0。1:{port}/",
        "http://127%2e0%2e0%2e1:{port}/",
        "http://localhost:{port}/",
        "http://LOCALHOST:{port}/",
        "http://localhost.:{port}/",
        "http://127.0.0.1.:{port}/",
        "http://127.0.0.2@127.0.0.1:{port}/",
        "http://127.0.0.2:{port}@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}\\@127.0.0.2/",
        "http://127.0.0.1:{port}#@127.0.0.2/",
        "http:\\\\127.0.0.1:{port}/",
        "http:/127.0.0.1:{port}/",
        "http:127.0.0.1:{port}/",
        " http://127.0.0.1:{port}/",
        "http://127.0.0.1:{port}/\r\nHost: 127.0.0.2",
        "http://[::1%25lo]:{port}/",
        "http://[64:ff9b::127.0.0.1]:{port}/",
        "http://[2002:7f00:1::]:{port}/"
      })
  void noSpellingOfTheCanaryReachesIt(String spelling) {
    String url = spelling.replace("{port}", String.valueOf(canary.port()));
    assertThat(cause(http.post(WORKSPACE, url, HEADERS, BODY)))
        .isIn(Cause.URL_REFUSED, Cause.ADDRESS_REFUSED);
  }

  @Test
  void anAddressInTheUrlIsJudgedByTheSocketBecauseTheClientAsksNoNameService() {
    assertThat(cause(post("127.0.0.1"))).isEqualTo(Cause.ADDRESS_REFUSED);
    assertThat(cause(http.post(WORKSPACE, "https://169.254.169.254/", HEADERS, BODY)))
        .isEqualTo(Cause.ADDRESS_REFUSED);
  }

  @Test
  void aNameIsNotDialledWhenAnyOfItsAddressesIsForbidden() {
    assertThat(cause(post(StubNames.set("canary", "127.0.0.1")))).isEqualTo(Cause.ADDRESS_REFUSED);
    assertThat(cause(post(StubNames.set("six", "::1")))).isEqualTo(Cause.ADDRESS_REFUSED);
    assertThat(cause(post(StubNames.set("both", "127.0.0.2", "127.0.0.1"))))
        .isEqualTo(Cause.ADDRESS_REFUSED);
    String name = StubNames.set("public-too", "8.8.8.8", "127.0.0.1");
    String url = "https://%s:%d/".formatted(name, canary.port());
    assertThat(cause(http.post(WORKSPACE, url, HEADERS, BODY))).isEqualTo(Cause.ADDRESS_REFUSED);
    assertThat(receiver.connections()).isZero();
  }

  @Test
  void aNameIsLookedUpOnceForAConnectionAndWhatItSaysLaterIsJudgedAgain() {
    String name = StubNames.flip("flip", List.of(List.of("127.0.0.2"), List.of("127.0.0.1")));
    assertThat(status(post(name))).isEqualTo(200);
    assertThat(StubNames.lookUps(name)).isEqualTo(1);
    http.close();
    assertThat(cause(post(name))).isEqualTo(Cause.ADDRESS_REFUSED);
    assertThat(StubNames.lookUps(name)).isEqualTo(2);
    assertThat(receiver.connections()).isEqualTo(1);
  }

  @Test
  void aNameThatIsRegisteredPublicAndThenPointsInsideIsNotDialled() {
    String name = StubNames.flip("rebind", List.of(List.of("8.8.8.8"), List.of("127.0.0.1")));
    String url = "https://%s:%d/".formatted(name, canary.port());
    assertThat(guard.findFault(url)).isEmpty();
    assertThat(cause(http.post(WORKSPACE, url, HEADERS, BODY))).isEqualTo(Cause.ADDRESS_REFUSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 305, 307, 308})
  void aRedirectIsAnAnswerAndIsNotFollowed(int status) {
    for (String location : List.of("http://127.0.0.1:%d/", "//127.0.0.1:%d/", "http://[::1]:%d/")) {
      receiver.script(
          ScriptedReceiver.answer(
              "HTTP/1.1 %d Elsewhere\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                  .formatted(status, location.formatted(canary.port()))));
      assertThat(status(post("127.0.0.2"))).isEqualTo(status);
    }
  }

  @Test
  void noProxyOfTheSystemIsUsed() {
    Map<String, String> properties =
        Map.of(
            "socksProxyHost", "127.0.0.1",
            "socksProxyPort", String.valueOf(canary.port()),
            "http.proxyHost", "127.0.0.1",
            "http.proxyPort", String.valueOf(canary.port()),
            "http.nonProxyHosts", "");
    properties.forEach(System::setProperty);
    try {
      assertThat(status(post("127.0.0.2"))).isEqualTo(200);
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void connectionsAreKeptForAWorkspaceAndNotSharedWithAnother() {
    assertThat(status(post("127.0.0.2"))).isEqualTo(200);
    assertThat(status(post("127.0.0.2"))).isEqualTo(200);
    assertThat(receiver.connections()).isEqualTo(1);
    String url = "http://127.0.0.2:%d/".formatted(receiver.port());
    assertThat(status(http.post(OTHER, url, HEADERS, BODY))).isEqualTo(200);
    assertThat(receiver.connections()).isEqualTo(2);
  }

  @Test
  void aConnectionThatTheHostHasClosedMeanwhileIsReplaced() {
    receiver.script(
        out -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
          return false;
        });
    for (int i = 0; i < 5; i++) {
      assertThat(status(post("127.0.0.2"))).isEqualTo(200);
    }
    assertThat(receiver.connections()).isEqualTo(5);
    assertThat(receiver.requests()).hasSize(5);
  }

  @Test
  void cookiesAreNotKept() {
    receiver.script(
        ScriptedReceiver.answer("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"));
    post("127.0.0.2");
    post("127.0.0.2");
    assertThat(receiver.requests()).hasSize(2).noneMatch(head -> head.contains("Cookie"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "408 Late\r\nConnection: close",
        "503 Busy\r\nRetry-After: 0",
        "503 Busy\r\nRetry-After: 99999999999999999999",
        "421 Elsewhere",
        "401 Who\r\nWWW-Authenticate: Basic realm=\"x\"",
        "407 Who\r\nProxy-Authenticate: Basic realm=\"x\""
      })
  void oneCallIsOneRequestWhateverTheAnswer(String answer) {
    receiver.script(
        ScriptedReceiver.answer("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n"));
    assertThat(status(post("127.0.0.2"))).isEqualTo(Integer.parseInt(answer.substring(0, 3)));
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void retryAfterIsTold() {
    receiver.script(
        ScriptedReceiver.answer(
            "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"));
    assertThat(answered(post("127.0.0.2")).retryAfter()).contains("7");
  }

  @Test
  void ofAnEndlessAnswerTheStartIsRead() {
    receiver.script(
        out -> {
          out.write("HTTP/1.1 500 No\r\n\r\n".getBytes(UTF_8));
          while (true) {
            out.write(new byte[1024]);
          }
        });
    assertThat(answered(post("127.0.0.2")).start()).hasSize(CustomerHttp.MAX_ANSWER_BYTES);
  }

  @Test
  void nothingIsDecompressed() {
    receiver.script(
        ScriptedReceiver.answer(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"));
    assertThat(answered(post("127.0.0.2")).start()).asString().isEqualTo("abc");
    assertThat(receiver.requests().getFirst()).contains("Accept-Encoding: identity\r\n");
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsNone() {
    receiver.script(
        out -> {
          // Being slow is the receiver's part here; the answer's time is over long before.
          Thread.sleep(Duration.ofMinutes(1));
          return false;
        });
    assertThat(cause(post("127.0.0.2"))).isEqualTo(Cause.TIMED_OUT);
  }

  @Test
  void anAnswerThatDripsIsNone() {
    receiver.script(
        out -> {
          for (byte next : "HTTP/1.1 200 OK\r\nX-Long: aaaaaaaaaaaaaaaaaaaaaaaa".getBytes(UTF_8)) {
            out.write(next);
            // Being slow is the receiver's part here: each byte comes in time, all do not.
            Thread.sleep(20);
          }
          return false;
        });
    assertThat(cause(post("127.0.0.2"))).isEqualTo(Cause.TIMED_OUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "HTTP/1.1 2", "SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 200 OK\r\nContent-Le"})
  void anAnswerWhoseHeadIsNotWholeIsCut(String answer) {
    receiver.script(
        out -> {
          out.write(answer.getBytes(UTF_8));
          return false;
        });
    assertThat(cause(post("127.0.0.2"))).isEqualTo(Cause.CUT);
  }

  @Test
  void theStatusIsTheAnswerAlsoWhenTheBodyIsCutOrDrips() {
    receiver.script(
        out -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab".getBytes(UTF_8));
          return false;
        });
    assertThat(status(post("127.0.0.2"))).isEqualTo(200);
    receiver.script(ScriptedReceiver.answer("HTTP/1.1 503 No\r\nContent-Length: 5\r\n\r\nab"));
    assertThat(answered(post("127.0.0.2")).start()).asString().isEqualTo("ab");
  }

  @Test
  void anEndlessHeadIsNotKept() {
    receiver.script(
        out -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
          while (true) {
            out.write(("X-More: " + "a".repeat(1000) + "\r\n").getBytes(UTF_8));
          }
        });
    assertThat(cause(post("127.0.0.2"))).isEqualTo(Cause.CUT);
  }

  @Test
  void whatIsNoTlsIsNotTrusted() {
    receiver.script(ScriptedReceiver.answer("HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n"));
    String url = "https://127.0.0.2:%d/".formatted(receiver.port());
    assertThat(cause(http.post(WORKSPACE, url, HEADERS, BODY)))
        .isIn(Cause.NOT_TRUSTED, Cause.NOT_CONNECTED);
  }

  @Test
  void aHostThatIsNotThereIsNotConnected() {
    // A port that was free a moment ago may be another's by now; nobody listens on this one.
    String url = "http://127.0.0.2:1/hook";
    assertThat(cause(http.post(WORKSPACE, url, HEADERS, BODY))).isEqualTo(Cause.NOT_CONNECTED);
    assertThat(cause(post(StubNames.set("nowhere")))).isEqualTo(Cause.NAME_UNKNOWN);
  }

  @Test
  void headersOfTheCallerCannotBeginAnotherRequest() {
    String url = "http://127.0.0.2:%d/".formatted(receiver.port());
    for (String value : List.of("a\r\nX-Evil: b", "a\nb", "a\u0000b")) {
      assertThatThrownBy(() -> http.post(WORKSPACE, url, Map.of("X-Custom", value), BODY))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(receiver.connections()).isZero();
  }

  @Test
  void namesThatNobodyAnswersForHoldUpOnlyTheirOwnWorkspace() throws Exception {
    var open = new CountDownLatch(1);
    String slow = StubNames.slow("never", open, "127.0.0.2");
    try (var impatient = new AddressGuard(RECEIVERS, Duration.ofMillis(150));
        var brief = new CustomerHttp(impatient, TIMEOUT);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting =
          List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12).stream()
              .map(_ -> callers.submit(() -> post(brief, slow)))
              .toList();
      String quick =
          "http://%s:%d/".formatted(StubNames.set("quick", "127.0.0.2"), receiver.port());
      assertThat(status(brief.post(OTHER, quick, HEADERS, BODY))).isEqualTo(200);
      for (var call : waiting) {
        assertThat(cause(call.get())).isEqualTo(Cause.NAME_UNKNOWN);
      }
      assertThat(StubNames.lookUps(slow)).isLessThanOrEqualTo(8);
    } finally {
      open.countDown();
    }
  }

  private CustomerAnswer post(String host) {
    return post(http, host);
  }

  private CustomerAnswer post(CustomerHttp client, String host) {
    return client.post(
        WORKSPACE, "http://%s:%d/hook".formatted(host, receiver.port()), HEADERS, BODY);
  }

  private static Answered answered(CustomerAnswer answer) {
    assertThat(answer).isInstanceOf(Answered.class);
    return (Answered) answer;
  }

  private static int status(CustomerAnswer answer) {
    return answered(answer).status();
  }

  private static Cause cause(CustomerAnswer answer) {
    assertThat(answer).isInstanceOf(Unanswered.class);
    return ((Unanswered) answer).cause();
  }
}
