package io.recado.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.http.HttpService;
import io.recado.http.Routes;
import io.recado.http.TestApi;
import io.recado.http.request.StreamedBody;
import io.recado.http.server.RawClient.Answer;
import io.recado.json.JsonObject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {

  private static final String JSON = "Content-Type: application/json";

  private TestApi test;
  private HttpServer server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    test = new TestApi();
    server = HttpServer.start(test.api, Listening.on("127.0.0.1", 0));
    client = new RawClient(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    test.leave.countDown();
    client.close();
    server.close();
  }

  private void assertStillUsable() throws IOException {
    Answer next = client.post(TestApi.MESSAGES, bytes("{\"text\": \"next\"}"), JSON);
    assertThat(next.status()).isEqualTo(200);
    assertThat(next.json().object("body").orElseThrow().string("text")).contains("next");
  }

  private static void assertRefused(Answer answer, int status, String reason) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.reason()).isEqualTo(reason);
    assertThat(answer.headers().get("x-request-id")).isNotEmpty();
    assertThat(answer.headers()).containsEntry("content-type", "application/json; charset=utf-8");
    assertThat(answer.headers()).containsEntry("x-content-type-options", "nosniff");
    assertThat(answer.error().value("code")).isEqualTo((long) status);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aRequestIsAnsweredAndItsConnectionUsedAgain() throws IOException {
    Answer answer = client.post(TestApi.MESSAGES, bytes("{\"text\": \"olé\"}"), JSON);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().object("body").orElseThrow().string("text")).contains("olé");
    assertThat(answer.headers()).containsEntry("cache-control", "no-store");
    assertStillUsable();
  }

  static String[] bombs() {
    return new String[] {
      "[".repeat(100_000),
      "{\"a\":".repeat(30_000),
      "{\"text\": " + "9".repeat(100_000) + "}",
      "{\"text\": 1e" + "9".repeat(1_000) + "}",
      "{\"text\": \"" + "x".repeat(200_000),
      "{\"" + "n".repeat(10_000) + "\": 1}",
      "{\"a\": 1, \"a\": 2}",
      "{\"a\": [" + "1,".repeat(110_000) + "1]}",
      "{\"text\": \"\\ud800\"}",
      "{\"text\": \"\\u0000\"}",
      "{\"text\": NaN}",
      "{\"text\": \"x\"} {}",
      "{'text': 'x'}",
      "[]",
      "\"text\"",
      "nul",
      "\uFEFF{}",
    };
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void aParserBombIsRefusedAndTheConnectionStaysUsable(String bomb) throws IOException {
    Answer answer = client.post(TestApi.MESSAGES, bytes(bomb), JSON);
    assertRefused(answer, 400, "INVALID_JSON");
    assertStillUsable();
  }

  @Test
  void aMillionBracketsAreTooLarge() throws IOException {
    assertRefused(
        client.post(TestApi.MESSAGES, bytes("[".repeat(1_000_000)), JSON),
        413,
        "PAYLOAD_TOO_LARGE");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws IOException {
    for (byte[] body :
        new byte[][] {
          {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, '"', '}'},
          {'{', '"', 'a', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'},
          {'{', '"', 'a', '"', ':', '"', (byte) 0xc0, (byte) 0xaf, '"', '}'},
          "{\"a\": 1}".getBytes(StandardCharsets.UTF_16LE),
          "{\"a\": 1}".getBytes(StandardCharsets.UTF_16),
          "{\"a\": \"x\"}".getBytes(Charset.forName("UTF-32BE")),
          bytes("{\"a\": \"+AGE-"),
        }) {
      assertRefused(client.post(TestApi.MESSAGES, body, JSON), 400, "INVALID_JSON");
    }
    assertStillUsable();
  }

  @Test
  void gzipIsRefused() throws IOException {
    assertRefused(
        client.post(TestApi.MESSAGES, bytes("xx"), JSON, "Content-Encoding: gzip"),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void aPipelinedRequestBehindARefusedOneIsAnsweredRight() throws IOException {
    String body = "{\"text\": \"second\"}";
    client.write(RawClient.head("POST", TestApi.MESSAGES, JSON, "Content-Length: 4"));
    client.write("\r\n[[[[");
    client.write(
        RawClient.head("POST", TestApi.MESSAGES, JSON, "Content-Length: " + body.length()));
    client.write("\r\n" + body);
    assertRefused(client.read(), 400, "INVALID_JSON");
    assertThat(client.read().text()).contains("second");
  }

  @Test
  void aBodyThatNobodyReadIsNotTakenForARequest() throws IOException {
    String hidden = "GET /v1/broken HTTP/1.1\r\nHost: x\r\n\r\n";
    client.write(
        "POST /v1/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: "
            + hidden.length()
            + "\r\n\r\n"
            + hidden);
    assertRefused(client.read(), 401, "CREDENTIALS_MISSING");
    assertStillUsable();
    client.write("POST /v1/nothing HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    client.write(Integer.toHexString(hidden.length()) + "\r\n" + hidden + "\r\n0\r\n\r\n");
    assertRefused(client.read(), 401, "CREDENTIALS_MISSING");
    assertThat(test.observed).noneMatch(line -> line.contains("/v1/broken"));
  }

  @Test
  void aChunkedBodyIsRead() throws IOException {
    client.write(RawClient.head("POST", TestApi.MESSAGES, JSON, "Transfer-Encoding: chunked"));
    client.write("\r\n6\r\n{\"text\r\n9\r\n\": \"next\"\r\n1\r\n}\r\n0\r\n\r\n");
    assertThat(client.read().text()).contains("next");
    assertStillUsable();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2;name=value\r\n{}\r\n0\r\n\r\n",
        "zz\r\n{}\r\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "7fffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "0\r\nTrailer: x\r\n\r\n",
        "2\n{}\n0\n\n"
      })
  void chunksOfAnotherShapeAreRefusedAndTheConnectionEnds(String chunks) throws IOException {
    client.write(RawClient.head("POST", TestApi.MESSAGES, JSON, "Transfer-Encoding: chunked"));
    client.write("\r\n" + chunks);
    Answer answer = client.read();
    assertThat(answer.status()).isIn(400, 413);
    assertThat(answer.headers().get("x-request-id")).isNotEmpty();
    assertThat(client.isClosed()).isTrue();
    assertThat(test.handled).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked, chunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Content-Length: 2\r\nContent-Length: 3\r\n",
        "Content-Length: +2\r\n",
        "Content-Length: -2\r\n",
        "Content-Length: 2, 2\r\n",
        "Content-Length: 0x2\r\n",
      })
  void framingThatTwoReadersCouldReadDifferentlyIsRefused(String framing) throws IOException {
    client.write(RawClient.head("POST", TestApi.MESSAGES, JSON));
    client.write(framing + "\r\n{}\r\n0\r\n\r\n");
    assertRefused(client.read(), 400, "MALFORMED_REQUEST");
    assertThat(client.isClosed()).isTrue();
    assertThat(test.handled).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET\r\n\r\n",
        "GET /livez\r\n\r\n",
        "GET /livez HTTP/2.0\r\nHost: x\r\n\r\n",
        "GET /livez HTTP/1.0\r\n\r\n",
        "GET /livez HTTP/1.1\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /li vez HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /livez HTTP/1.1\nHost: x\n\n",
        "GET /livez HTTP/1.1\r\nHost: x\r\nX-A: b\rc\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: x\r\nX-A: b\nX-B: c\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: x\r\nX-A: b\0c\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: x\r\nX A: b\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000 \r\n\r\n",
      })
  void whatIsNotHttpIsRefusedInOurForm(String request) throws IOException {
    Answer answer = client.send(request);
    assertThat(answer.status()).as(answer.text()).isIn(400, 404);
    assertThat(answer.headers().get("x-request-id")).isNotEmpty();
    assertThat(answer.error().string("message")).isPresent();
  }

  @Test
  void headsHaveLimits() throws IOException {
    assertRefused(
        client.send("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
        414,
        "URI_TOO_LONG");
    try (var other = new RawClient(server.port())) {
      assertRefused(other.get("/livez", "X-Long: " + "x".repeat(17_000)), 431, "HEADERS_TOO_LARGE");
    }
    try (var other = new RawClient(server.port())) {
      String[] headers = new String[120];
      for (int i = 0; i < headers.length; i++) {
        headers[i] = "X-" + i + ": 1";
      }
      assertRefused(other.get("/livez", headers), 431, "HEADERS_TOO_LARGE");
    }
    assertThat(new RawClient(server.port()).get("/livez?" + "x".repeat(8_000)).status())
        .isEqualTo(200);
  }

  @Nested
  class BodyLimits {

    private byte[] sized(int size) {
      String start = "{\"text\": \"";
      return bytes(start + "x".repeat(size - start.length() - 2) + "\"}");
    }

    @Test
    void aBodyMayBeAsLargeAsTheLimitAndNoLarger() throws IOException {
      int limit = Routes.BODY_BYTES;
      assertThat(client.post(TestApi.MESSAGES, sized(limit - 1), JSON).status()).isEqualTo(200);
      assertThat(client.post(TestApi.MESSAGES, sized(limit), JSON).status()).isEqualTo(200);
      Answer answer = client.post(TestApi.MESSAGES, sized(limit + 1), JSON);
      assertRefused(answer, 413, "PAYLOAD_TOO_LARGE");
      assertThat(answer.error().string("message").orElseThrow()).contains("262144");
      assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aChunkedBodyHasTheSameLimit() throws IOException {
      client.write(RawClient.head("POST", TestApi.MESSAGES, JSON, "Transfer-Encoding: chunked"));
      byte[] body = sized(Routes.BODY_BYTES + 1);
      client.write("\r\n" + Integer.toHexString(body.length) + "\r\n");
      client.write(body);
      client.write("\r\n0\r\n\r\n");
      assertRefused(client.read(), 413, "PAYLOAD_TOO_LARGE");
      assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aRouteMayTakeMore() throws IOException {
      Answer answer = client.post(TestApi.CALLBACKS, new byte[4 << 20]);
      assertThat(answer.text()).isEqualTo(Integer.toString(4 << 20));
    }

    @Test
    void aLengthBeyondEveryLimitIsRefusedUnread() throws IOException {
      client.write(RawClient.head("POST", TestApi.CALLBACKS, "Content-Length: 99999999999"));
      client.write("\r\n");
      assertRefused(client.read(), 413, "PAYLOAD_TOO_LARGE");
      assertThat(client.isClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {TestApi.CALLBACKS, "/providers/refused", "/v1/nothing"})
    void anEndlessChunkHeaderEndsTheConnection(String path) throws IOException {
      client.write(RawClient.head("POST", path, "Transfer-Encoding: chunked"));
      client.write("\r\n2;");
      byte[] extension = bytes("x".repeat(64 << 10));
      try {
        for (int i = 0; i < 1_000; i++) {
          client.write(extension);
        }
      } catch (IOException _) {
        return;
      }
      assertThat(false).as("64 MB were taken").isTrue();
    }
  }

  @Test
  void expectingContinueGetsItOrTheRefusal() throws IOException {
    client.write(
        RawClient.head(
            "POST", TestApi.MESSAGES, JSON, "Expect: 100-continue", "Content-Length: 2"));
    client.write("\r\n");
    assertThat(client.read().status()).isEqualTo(100);
    client.write("{}");
    assertThat(client.read().status()).isEqualTo(200);
    client.write(
        RawClient.head("POST", "/v1/nothing", JSON, "Expect: 100-continue", "Content-Length: 2"));
    client.write("\r\n");
    assertRefused(client.read(), 404, "ROUTE_NOT_FOUND");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void headIsForOpenPagesOnly() throws IOException {
    client.write(RawClient.head("HEAD", "/livez"));
    client.write("\r\n");
    Answer open = client.read(false);
    assertThat(open.status()).isEqualTo(200);
    assertThat(open.headers()).containsEntry("content-length", "2");
    client.write(RawClient.head("HEAD", "/v1/channels"));
    client.write("\r\n");
    Answer refused = client.read(false);
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.headers()).containsEntry("allow", "GET, POST");
    assertStillUsable();
  }

  @Test
  void whatIsTooSlowIsEnded() throws IOException {
    var times =
        new Listening.Times(
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(100),
            // Longer than this test may be held up between opening a connection and writing to it.
            Duration.ofSeconds(3),
            Duration.ofSeconds(3));
    Listening hurried = Listening.on("127.0.0.1", 0).with(times);
    var hurriedApi = new TestApi();
    try (var hurriedServer = HttpServer.start(hurriedApi.api, hurried);
        var slowHead = new RawClient(hurriedServer.port());
        var slowBody = new RawClient(hurriedServer.port());
        var idle = new RawClient(hurriedServer.port());
        var deaf = new RawClient(hurriedServer.port())) {
      deaf.write("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
      slowHead.write("GET /livez HTTP/1.1\r\nHost");
      slowBody.write(RawClient.head("POST", TestApi.MESSAGES, JSON, "Content-Length: 100"));
      slowBody.write("\r\n{");
      assertRefused(slowHead.read(), 408, "REQUEST_TIMEOUT");
      assertThat(slowHead.isClosed()).isTrue();
      assertRefused(slowBody.read(), 408, "REQUEST_TIMEOUT");
      assertThat(slowBody.isClosed()).isTrue();
      assertThat(idle.isClosed()).isTrue();
      assertThatThrownBy(deaf::read).isInstanceOf(IOException.class);
      assertThat(hurriedApi.observed).noneMatch(line -> line.endsWith(" 500"));
    }
  }

  @Test
  void connectionsThatNobodyUsesMakeRoomWhenThereAreAsManyAsThereMayBe() throws IOException {
    var usual = Listening.Times.USUAL;
    var times =
        new Listening.Times(
            usual.head(),
            usual.stall(),
            usual.slowBodyGrace(),
            Duration.ofHours(1),
            Duration.ofMillis(200));
    Listening small = Listening.on("127.0.0.1", 0).with(times).withConnections(4);
    try (var smallServer = HttpServer.start(new TestApi().api, small);
        var first = new RawClient(smallServer.port());
        var second = new RawClient(smallServer.port());
        var third = new RawClient(smallServer.port())) {
      assertThat(first.get("/livez").status()).isEqualTo(200);
      assertThat(second.get("/livez").status()).isEqualTo(200);
      assertThat(third.get("/livez").status()).isEqualTo(200);
      try (var fourth = new RawClient(smallServer.port());
          var fifth = new RawClient(smallServer.port())) {
        assertThat(fourth.get("/livez").status()).isEqualTo(200);
        assertThat(fifth.get("/livez").status()).isEqualTo(200);
        assertThat(first.isClosed()).isTrue();
      }
    }
  }

  @Test
  void moreRequestsThanTheLimitAreRefusedAtOnce() throws Exception {
    Listening narrow = Listening.on("127.0.0.1", 0).withRequests(1);
    var slow = new TestApi();
    try (var narrowServer = HttpServer.start(slow.api, narrow);
        var first = new RawClient(narrowServer.port());
        var second = new RawClient(narrowServer.port())) {
      first.write(RawClient.head("GET", "/v1/slow"));
      first.write("\r\n");
      assertThat(slow.entered.await(5, TimeUnit.SECONDS)).isTrue();
      Answer refused = second.get("/v1/channels");
      assertRefused(refused, 503, "OVERLOADED");
      assertThat(refused.headers()).containsEntry("retry-after", "1");
      assertThat(second.get("/livez").status()).isEqualTo(200);
      slow.leave.countDown();
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(second.get("/v1/channels").status()).isEqualTo(200);
    }
  }

  @Test
  void drainingLetsRequestsInFlightEndAndRefusesOthers() throws Exception {
    try (var busy = new RawClient(server.port())) {
      busy.write(RawClient.head("GET", "/v1/slow"));
      busy.write("\r\n");
      assertThat(test.entered.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(client.get("/livez").status()).isEqualTo(200);
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return server.drain(Duration.ofSeconds(5));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      Answer other = askAnew();
      while (other.status() == 200) {
        other = askAnew();
      }
      assertRefused(other, 503, "SHUTTING_DOWN");
      test.leave.countDown();
      assertThat(busy.read().status()).isEqualTo(200);
      assertThat(drained.get(5, TimeUnit.SECONDS)).isTrue();
      assertThat(busy.isClosed()).isTrue();
    }
  }

  /// On a connection of its own: the last 200 before the drain may be the end of its connection.
  private Answer askAnew() throws IOException {
    try (var one = new RawClient(server.port())) {
      return one.get("/v1/channels");
    }
  }

  @Test
  void aHelidonServiceServesWhatTheApiDoesNotKnow() throws IOException {
    HttpService page = rules -> rules.get("/docs", (request, response) -> response.send("native"));
    try (var both = HttpServer.start(test.api, Listening.on("127.0.0.1", 0), List.of(page));
        var reader = new RawClient(both.port())) {
      assertThat(reader.get("/docs").text()).isEqualTo("native");
      assertThat(reader.get("/livez").text()).isEqualTo("ok");
      assertRefused(reader.get("/nothing"), 404, "ROUTE_NOT_FOUND");
      assertRefused(reader.get("/v1/nothing"), 404, "ROUTE_NOT_FOUND");
    }
  }

  @Test
  void aClientThatLeavesMidwayIsNoFailure() throws IOException {
    for (String part :
        new String[] {
          "GET /li",
          "GET /livez HTTP/1.1\r\nHo",
          "POST " + TestApi.CALLBACKS + " HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab",
          "POST "
              + TestApi.CALLBACKS
              + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\na"
        }) {
      try (var leaving = new RawClient(server.port())) {
        leaving.write(part);
        leaving.finish();
        assertThat(leaving.isClosed()).as(part).isTrue();
      }
    }
    assertThat(test.observed).isEmpty();
    assertStillUsable();
  }

  @Test
  void anAnswerWithoutABodyLeavesTheConnectionUsable() throws IOException {
    client.write(RawClient.head("DELETE", "/v1/channels/" + TestApi.CHANNEL));
    client.write("\r\n");
    Answer none = client.read();
    assertThat(none.status()).isEqualTo(204);
    assertThat(none.headers()).doesNotContainKey("content-type");
    assertStillUsable();
  }

  @Test
  void aCertificateInPemMakesItHttps(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("store.p12");
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=localhost -validity 2"
            + " -storetype PKCS12 -storepass changeit -keystore "
            + store);
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    Certificate certificate = keys.getCertificate("a");
    Path pem = pem(folder, "CERTIFICATE", certificate.getEncoded());
    Path key = pem(folder, "PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    Listening listening = Listening.on("127.0.0.1", 0).with(new Listening.Tls(pem, key));
    try (var secure = HttpServer.start(test.api, listening);
        var browser =
            new RawClient(tls.getSocketFactory().createSocket("127.0.0.1", secure.port()))) {
      assertThat(browser.get("/livez").text()).isEqualTo("ok");
      assertThat(browser.get("/v1/channels").status()).isEqualTo(200);
      assertStreams(browser);
    }
  }

  /// A stream over TLS is written and watched at the same time.
  private void assertStreams(RawClient browser) throws Exception {
    var closed = new CountDownLatch(1);
    test.streamed =
        new StreamedBody() {
          @Override
          public void writeTo(Outlet outlet) throws InterruptedException {
            outlet.send(bytes("first"));
            test.leave.await();
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    browser.write(RawClient.head("GET", "/v1/stream"));
    browser.write("\r\n");
    assertThat(browser.readHead().status()).isEqualTo(200);
    assertThat(browser.readChunk()).isEqualTo("first");
    browser.close();
    assertThat(closed.await(10, TimeUnit.SECONDS)).as("the stream's end").isTrue();
  }

  private static Path pem(Path folder, String type, byte[] der) throws IOException {
    String text =
        "-----BEGIN "
            + type
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END "
            + type
            + "-----\n";
    return Files.writeString(folder.resolve(type.replace(' ', '-') + ".pem"), text);
  }

  private static void run(String program, String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void theClientsRequestIdComesBackWhenItIsWellFormed() throws IOException {
    assertThat(client.get("/livez", "X-Request-Id: a.B_9-").headers())
        .containsEntry("x-request-id", "a.B_9-");
    assertThat(client.get("/livez", "X-Request-Id: a b").headers().get("x-request-id"))
        .startsWith("made-");
    JsonObject error = client.get("/v1/nothing", "X-Request-Id: mine").error();
    assertThat(error.objects("details").getLast().string("requestId")).contains("mine");
  }
}
