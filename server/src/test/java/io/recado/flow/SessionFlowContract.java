package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.Await;
import io.recado.testing.Reply;
import io.recado.testing.RunningRecado;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// How a browser signs in, calls and signs out.
interface SessionFlowContract extends WithRecado {

  String SESSION = "/v1/session";

  @Test
  default void aSessionStandsForItsKeyWithItsRoleAndChannels() {
    String channel = recado().newChannel().id();
    String other = recado().newChannel().id();
    JsonNode key = key("'role': 'READER', 'channels': ['channels/%s']".formatted(channel));
    Browser browser = signIn(key.path("key").asString());

    JsonNode session = browser.call("GET", SESSION).ok();
    assertThat(session.at("/apiKey/name")).isEqualTo(key.path("name"));
    assertThat(session.at("/apiKey/role").asString()).isEqualTo("READER");
    assertThat(session.at("/workspace/displayName").asString()).isEqualTo("default");
    assertThat(browser.call("GET", "/v1/channels").ok().path("channels")).hasSize(1);
    assertThat(browser.call("GET", "/v1/channels/" + channel).status()).isEqualTo(200);
    assertThat(browser.call("GET", "/v1/channels/" + other).reason())
        .isEqualTo("CHANNEL_NOT_ALLOWED");
    assertThat(browser.call("POST", "/v1/channels/" + channel + ":pause").reason())
        .isEqualTo("ROLE_MISSING");
  }

  @Test
  default void theCookieIsOutOfReachOfScriptsAndOtherSitesAndIsNotStored() {
    String cookie = open(admin()).header("Set-Cookie");

    assertThat(cookie)
        .matches("recado=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Strict; Max-Age=604800");
    String token = cookie.substring("recado=".length(), cookie.indexOf(';'));
    assertThat(recado().get("/v1/auditLog").text()).doesNotContain(token);
    assertThat(signIn(admin()).cookie).isNotEqualTo(signIn(admin()).cookie);
  }

  @Test
  default void anApiKeyThatComesWithACookieIsWhatCounts() {
    Browser browser = signIn(admin());
    String reader = key("'role': 'READER'").path("key").asString();

    Reply reply = browser.call("GET", SESSION, "Authorization", "Bearer " + reader);
    assertThat(reply.ok().at("/apiKey/role").asString()).isEqualTo("READER");
    assertThat(reply.json().has("expireTime")).isFalse();
    assertThat(
            browser.call("GET", SESSION, "Authorization", "Bearer nobody-knows-this-key").reason())
        .isEqualTo("CREDENTIALS_UNKNOWN");
  }

  @Test
  default void signingOutEndsThatSessionAndNoOther() {
    String key = admin();
    Browser first = signIn(key);
    Browser second = signIn(key);

    Reply out = first.call("DELETE", SESSION);
    assertThat(out.status()).isEqualTo(204);
    assertThat(out.header("Set-Cookie")).startsWith("recado=;").contains("Max-Age=0");
    assertThat(first.call("GET", SESSION).reason()).isEqualTo("SESSION_ENDED");
    assertThat(second.call("GET", SESSION).status()).isEqualTo(200);
    recado().restart();
    assertThat(first.call("GET", SESSION).reason()).isEqualTo("SESSION_ENDED");
    assertThat(second.call("GET", SESSION).status()).isEqualTo(200);
  }

  @Test
  default void aRevokedKeyEndsItsSessionsAtOnce() {
    JsonNode key = key("'role': 'ADMIN'");
    Browser browser = signIn(key.path("key").asString());
    browser.call("GET", SESSION).ok();

    assertThat(recado().delete("/v1/" + key.path("name").asString()).status()).isEqualTo(204);
    assertThat(browser.call("GET", SESSION).reason()).isEqualTo("SESSION_ENDED");
  }

  @Test
  default void aSessionEndsWithItsKeysTime() {
    String soon = recado().clock.instant().plusSeconds(60).toString();
    Browser browser =
        signIn(key("'role': 'ADMIN', 'expireTime': '%s'".formatted(soon)).path("key").asString());
    browser.call("GET", SESSION).ok();

    recado().advance(Duration.ofSeconds(61));
    assertThat(browser.call("GET", SESSION).reason()).isEqualTo("SESSION_ENDED");
  }

  @Test
  default void aSessionThatIsNotUsedEndsAfterTwelveHours() {
    Browser browser = signIn(admin());
    Instant end = Instant.parse(browser.call("GET", SESSION).ok().path("expireTime").asString());
    assertThat(Duration.between(recado().clock.instant(), end))
        .isBetween(Duration.ofHours(11), Duration.ofHours(12));

    recado().advance(Duration.ofHours(12));
    assertThat(browser.call("GET", SESSION).reason()).isEqualTo("SESSION_ENDED");
  }

  @Test
  default void aSessionThatIsUsedGoesOn() {
    Browser browser = signIn(admin());
    for (int shift = 0; shift < 2; shift++) {
      recado().advance(Duration.ofHours(11));
      // The first request after a few seconds, or on another node, asks the database.
      recado().restart();
      browser.call("GET", SESSION).ok();
      awaitUseNoted(browser);
    }
    recado().advance(Duration.ofHours(12));
    assertThat(browser.call("GET", SESSION).reason()).isEqualTo("SESSION_ENDED");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, Sec-Fetch-Site, cross-site, false",
    "POST, Sec-Fetch-Site, same-site, false",
    "POST, Sec-Fetch-Site, none, false",
    "POST, Sec-Fetch-Site, same-origin, true",
    "GET, Sec-Fetch-Site, cross-site, false",
    "GET, Sec-Fetch-Site, same-site, false",
    "GET, Sec-Fetch-Site, none, true",
    "GET, Sec-Fetch-Site, same-origin, true",
    "POST, Origin, https://evil.example, false",
    "POST, Origin, null, false",
    "POST, Origin, http://127.0.0.1:1, false",
    "POST, Origin, OURS, true",
    "GET, Origin, https://evil.example, false",
    "POST, X-Nothing, x, false",
    "GET, X-Nothing, x, true"
  })
  default void onlyThisServersOwnPagesMayUseASession(
      String method, String header, String value, boolean isAllowed) {
    Browser browser = signIn(admin());
    String target = method.equals("GET") ? "/v1/channels" : browser.preview();

    Reply reply =
        recado()
            .callBare(
                method,
                target,
                new byte[0],
                header,
                value.equals("OURS") ? recado().address() : value,
                "Cookie",
                browser.cookie);
    assertThat(reply.status()).as(reply.text()).isEqualTo(isAllowed ? 200 : 403);
    if (!isAllowed) {
      assertThat(reply.reason()).isEqualTo("ORIGIN_NOT_ALLOWED");
    }
  }

  @Test
  default void anotherSitesPageCannotSignAPersonIn() {
    Reply reply = recado().call(admin(), "POST", SESSION, "", "Origin", "https://evil.example");
    assertThat(reply.reason()).isEqualTo("ORIGIN_NOT_ALLOWED");
    assertThat(reply.header("Set-Cookie")).isEmpty();
  }

  @Test
  default void anUnknownCookieIsRefusedAndAnotherSitesCookieIsNone() {
    Reply unknown =
        recado()
            .callBare("GET", SESSION, new byte[0], "Cookie", "theme=x; recado=0123456789abcdef");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.reason()).isEqualTo("SESSION_ENDED");
    for (String cookie : List.of("theme=x", "recado=", "xrecado=1")) {
      assertThat(recado().callBare("GET", SESSION, new byte[0], "Cookie", cookie).reason())
          .isEqualTo("CREDENTIALS_MISSING");
    }
  }

  @Test
  default void aKeySignsInTenTimesAMinute() {
    String key = admin();
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      replies.add(recado().call(key, "POST", SESSION, ""));
    }
    assertThat(replies.subList(0, 10)).allMatch(reply -> reply.status() == 200);
    assertThat(replies.getLast().reason()).isEqualTo("RATE_LIMITED");
    assertThat(replies.getLast().header("Retry-After")).matches("[1-6]");
    assertThat(replies.getLast().header("RateLimit-Policy")).isEqualTo("\"key\";q=10;w=60");
    assertThat(recado().call(key, "GET", SESSION, "").status()).isEqualTo(200);
  }

  @Test
  default void theAuditLogTellsWhoSignedInAndOut() {
    JsonNode key = key("'role': 'ADMIN'");
    signIn(key.path("key").asString()).call("DELETE", SESSION);

    List<String> actions = new ArrayList<>();
    for (JsonNode entry : recado().get("/v1/auditLog?pageSize=50").ok().path("entries")) {
      if (entry.path("resource").equals(key.path("name"))) {
        actions.add(entry.path("action").asString());
      }
    }
    assertThat(actions).containsExactly("session.delete", "session.create", "apiKeys.create");
  }

  private void awaitUseNoted(Browser browser) {
    Instant expected = recado().clock.instant().plus(Duration.ofHours(11));
    Await.until(
        "the use of the session was noted",
        () -> Instant.parse(browser.call("GET", SESSION).ok().path("expireTime").asString()),
        end -> end.isAfter(expected));
  }

  private String admin() {
    return key("'role': 'ADMIN'").path("key").asString();
  }

  private JsonNode key(String fields) {
    return recado().post("/v1/apiKeys", "{" + fields + "}").ok();
  }

  private Reply open(String key) {
    Reply reply = recado().call(key, "POST", SESSION, "{}");
    reply.ok();
    return reply;
  }

  private Browser signIn(String key) {
    String cookie = open(key).header("Set-Cookie");
    return new Browser(recado(), cookie.substring(0, cookie.indexOf(';')));
  }

  /// A browser with the console open.
  record Browser(RunningRecado recado, String cookie) {

    Reply call(String method, String target, String... headers) {
      List<String> all = new ArrayList<>(List.of(headers));
      all.addAll(List.of("Cookie", cookie, "Sec-Fetch-Site", "same-origin"));
      return recado.callBare(method, target, new byte[0], all.toArray(String[]::new));
    }

    /// A POST that changes nothing.
    String preview() {
      return recado.newChannel().path() + "/templates/hello_world:preview";
    }
  }
}
