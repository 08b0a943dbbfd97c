package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.journal.Dialect;
import io.recado.testing.ApiClient;
import io.recado.testing.Await;
import io.recado.testing.OpenApiOperation;
import io.recado.testing.Reply;
import io.recado.testing.RunningRecado;
import io.recado.testing.TestChat;
import io.recado.testing.TestVisitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may do what of the routes that need no API key but a visitor's token, for every operation of
/// openapi.yaml that has one: each wrong token, each wrong page, and how often.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VisitorAccessTest {

  private static final String NOBODY = "0123456789abcdef01234567";

  private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);
  private final TestChat chat = TestChat.on(recado);
  private final TestVisitor visitor = chat.visitor().begin();

  @AfterAll
  void stop() {
    visitor.close();
    recado.close();
  }

  static Stream<OpenApiOperation> calls() {
    return ApiClient.contract().operations().stream()
        .filter(operation -> operation.path().startsWith("/webchat/"));
  }

  static Stream<OpenApiOperation> withToken() {
    return calls().filter(operation -> !operation.node().path("security").isEmpty());
  }

  @Test
  void everyRouteOfVisitorsIsOneOfThese() {
    assertThat(calls()).hasSize(6);
    assertThat(withToken()).hasSize(5);
    assertThat(recado.routes().stream().filter(route -> route.cors() != null)).hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("withToken")
  void onlyATokenOfTheChannelThatHasNotEndedOpensARoute(OpenApiOperation call) {
    String good = visitor.token();
    String workspace =
        recado
            .call(recado.operatorKey(), "POST", "/v1/workspaces", "{'displayName': 'Other'}")
            .ok()
            .path("adminKey")
            .asString();
    String half = good.substring(0, good.length() / 2);
    char last = good.charAt(good.length() - 3);
    String changed =
        good.substring(0, good.length() - 3)
            + (last == 'A' ? 'B' : 'A')
            + good.substring(good.length() - 2);
    for (String token :
        List.of(
            "",
            "x",
            "ä",
            half,
            changed,
            "A".repeat(2_000),
            RunningRecado.ADMIN_KEY,
            TestChat.on(recado).visitor().begin().token(),
            TestChat.on(recado, workspace).visitor().begin().token())) {
      Reply refused = send(call, chat, token.equals("ä") ? "%C3" : token);
      assertThat(refused.reason()).as(token).isEqualTo("VISITOR_TOKEN_INVALID");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
      assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo(TestChat.ORIGIN);
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aPageOfAnotherOriginIsRefusedBeforeAnythingIsDone(OpenApiOperation call) {
    Map<String, Long> before = recado.rows();
    for (String origin :
        List.of(
            "https://evil.example", "http://shop.example", "https://shop.example.evil", "null")) {
      Reply refused =
          chat.callBare(
              call.method(),
              below(call),
              example(call),
              "Origin",
              origin,
              "Authorization",
              "Bearer " + visitor.token());
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.reason()).isEqualTo("ORIGIN_NOT_ALLOWED");
      assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
      assertThat(refused.header("Vary")).isEqualTo("Origin");
      Reply asked = preflight(call, origin);
      assertThat(asked.status()).isEqualTo(403);
      assertThat(asked.header("Access-Control-Allow-Origin")).isEmpty();
    }
    assertThat(recado.rows()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aPageOfAnAllowedOriginIsToldWhatItMaySend(OpenApiOperation call) {
    Reply asked = preflight(call, TestChat.ORIGIN);
    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo(TestChat.ORIGIN);
    assertThat(asked.header("Access-Control-Allow-Methods")).contains(call.method());
    assertThat(asked.header("Access-Control-Allow-Headers")).contains("Authorization");
    assertThat(asked.header("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(asked.header("Vary")).isEqualTo("Origin");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void achannelThatIsNoWebChatIsAsIfItWereNotThere(OpenApiOperation call) {
    String whatsapp = recado.newChannel().id();
    Reply other = bare(call, whatsapp);
    Reply none = bare(call, NOBODY);
    assertThat(none.reason()).isEqualTo("RESOURCE_NOT_FOUND");
    assertThat(other.textWithoutRequestId().replace(whatsapp, NOBODY))
        .isEqualTo(none.textWithoutRequestId());
    assertThat(bare(call, "x").status()).isEqualTo(400);
  }

  @Test
  void elsewhereNoPageOfAnotherOriginIsAnswered() {
    for (String path : List.of("/v1/channels", "/livez", "/widget.js")) {
      Reply reply = recado.callBare("GET", path, new byte[0], "Origin", TestChat.ORIGIN);
      assertThat(reply.header("Access-Control-Allow-Origin")).as(path).isEmpty();
    }
    assertThat(recado.callBare("OPTIONS", "/v1/channels", new byte[0]).status()).isEqualTo(401);
    assertThat(recado.callBare("OPTIONS", "/livez", new byte[0]).status()).isEqualTo(405);
  }

  @Test
  void aTokenEndsAfterThirtyDaysAndItsStreamWithIt() {
    TestChat own = TestChat.on(recado);
    try (TestVisitor guest = own.visitor().begin()) {
      guest.writes("m", "x");
      recado.advance(Duration.ofDays(29));
      assertThat(guest.get("/messages").status()).isEqualTo(200);
      var stream = guest.listens(0);
      stream.awaitSync(1);
      recado.advance(Duration.ofDays(1).plusSeconds(1));
      assertThat(guest.get("/messages").reason()).isEqualTo("VISITOR_TOKEN_EXPIRED");
      Reply again = own.call("POST", "/session", "{'token': '%s'}".formatted(guest.token()), "");
      assertThat(again.reason()).isEqualTo("VISITOR_TOKEN_EXPIRED");
      own.answers(own.conversation(), "wakes the stream");
      Await.until("the stream's end", stream::isEnded, ended -> ended);
      assertThat(stream.texts()).containsExactly("x");
      guest.session = null;
      assertThat(guest.begin().history()).isEmpty();
    }
  }

  @Test
  void aPersonMustBeProvedByThePage() {
    String wrong = "{'user': {'id': '4712', 'hash': '%s'}}".formatted(TestChat.hash("4711"));
    assertThat(chat.call("POST", "/session", wrong, "").reason()).isEqualTo("IDENTITY_INVALID");
    TestChat open = TestChat.on(recado);
    open.patch("", "{'webchat': {'identitySecret': null}}").ok();
    Reply unprovable = open.call("POST", "/session", TestChat.signedIn("4711", ""), "");
    assertThat(unprovable.reason()).isEqualTo("IDENTITY_INVALID");
    Reply unreadable =
        chat.call("POST", "/session", "{'user': {'id': ' ', 'hash': 'ABC', 'mail': 1}}", "");
    assertThat(unreadable.fields()).contains("user.hash", "user.id", "user.mail");
  }

  @Test
  void badInputIsToldAllAtOnceAndStoresNothing() {
    Map<String, Long> before = recado.rows();
    assertThat(
            visitor.post("/messages", "{'clientMessageId': 'a b', 'text': ' ', 'x': 1}").fields())
        .containsExactlyInAnyOrder("clientMessageId", "text", "x");
    assertThat(visitor.post("/messages", "{}").fields())
        .containsExactlyInAnyOrder("clientMessageId", "text");
    String long4097 = "x".repeat(4097);
    assertThat(
            visitor
                .post("/messages", "{'clientMessageId': 'a', 'text': '%s'}".formatted(long4097))
                .fields())
        .containsExactly("text");
    assertThat(visitor.post("/receipts", "{'delivered': ['x'], 'read': 'y'}").fields())
        .containsExactlyInAnyOrder("delivered", "read");
    assertThat(visitor.get("/messages?before=x").fields()).containsExactly("before");
    assertThat(visitor.post("/messages", "{").reason()).isEqualTo("INVALID_JSON");
    String large = "{'text': '%s'}".formatted("x".repeat(40_000));
    assertThat(visitor.post("/messages", large).reason()).isEqualTo("PAYLOAD_TOO_LARGE");
    assertThat(recado.rows()).isEqualTo(before);
  }

  @Test
  void whoWritesTooFastIsToldWhenToComeAgainAndNobodyElseIsHeldUp() {
    try (TestVisitor fast = chat.visitor().begin();
        TestVisitor calm = chat.visitor().begin()) {
      Reply reply = null;
      for (int i = 0; i < 40 && (reply == null || reply.status() == 200); i++) {
        reply = fast.post("/messages", "{'clientMessageId': 'm-%d', 'text': 'x'}".formatted(i));
      }
      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.reason()).isEqualTo("RATE_LIMITED");
      assertThat(reply.header("Retry-After")).matches("[1-9][0-9]*");
      assertThat(reply.header("RateLimit")).isEmpty();
      assertThat(reply.detail("ErrorInfo").at("/metadata/subject").asString()).isEqualTo("visitor");
      assertThat(fast.history().size()).isBetween(20, 30);
      calm.writes("m", "x");
    }
  }

  @Test
  void aVisitorHasTenStreamsAtMostAndOneThatEndsMakesRoom() {
    try (TestVisitor guest = chat.visitor().begin()) {
      List<TestVisitor.Stream> open = Stream.generate(() -> guest.listens(0)).limit(10).toList();
      assertThat(open).allMatch(stream -> stream.status() == 200);
      assertThat(guest.listens(0).status()).isEqualTo(429);
      open.getFirst().close();
      Await.until("room", () -> guest.listens(0).status(), status -> status == 200);
    }
  }

  @Test
  void theWidgetIsServedOnceAndThenAskedForByItsTag() {
    Reply script = recado.callBare("GET", "/widget.js", new byte[0]);
    assertThat(script.header("Content-Type")).startsWith("text/javascript");
    assertThat(script.body().length).isBetween(10_000, 30_000);
    String tag = script.header("ETag");
    Reply same = recado.callBare("GET", "/widget.js", new byte[0], "If-None-Match", tag);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
  }

  private Reply preflight(OpenApiOperation call, String origin) {
    return recado.exchange(
        "OPTIONS",
        "/webchat/" + chat.id() + below(call),
        "Origin",
        origin,
        "Access-Control-Request-Method",
        call.method());
  }

  private Reply bare(OpenApiOperation call, String channel) {
    return recado.callBare(
        call.method(),
        "/webchat/" + channel + below(call),
        new byte[0],
        "Authorization",
        "Bearer " + visitor.token());
  }

  private static Reply send(OpenApiOperation call, TestChat chat, String token) {
    return chat.call(call.method(), below(call), example(call), token);
  }

  private static String below(OpenApiOperation call) {
    return call.path().substring("/webchat/{channelId}".length());
  }

  private static String example(OpenApiOperation call) {
    return call.requestExamples().values().stream().findFirst().map(Object::toString).orElse("");
  }
}
