package io.recado.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.recado.http.request.Headers;
import io.recado.http.request.Response;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class HttpApiTest {

  private static final Map<String, String> ADMIN = Map.of("Authorization", "Bearer admin");
  private static final String CHANNEL = "/v1/channels/" + TestApi.CHANNEL;
  private static final String OTHER = "/v1/channels/" + TestApi.OTHER_CHANNEL;

  private final TestApi test = new TestApi();

  /// A request without a socket.
  private record Given(
      String method, String path, String query, Map<String, String> given, byte[] bytes)
      implements RawRequest {

    @Override
    public Headers headers() {
      return given::get;
    }

    @Override
    public boolean hasBody() {
      return bytes.length > 0;
    }

    @Override
    public byte[] body(int maxBytes) {
      return bytes;
    }
  }

  private Response answer(String method, String path, Map<String, String> headers, String body) {
    return test.api.answer(
        new Given(method, path, "", headers, body.getBytes(StandardCharsets.UTF_8)));
  }

  private Response get(String path, String key) {
    return answer("GET", path, Map.of("Authorization", "Bearer " + key), "");
  }

  private static JsonObject error(Response response) {
    return Json.readObject(response.body()).object("error").orElseThrow();
  }

  private static JsonObject detail(Response response, String type) {
    return error(response).objects("details").stream()
        .filter(
            d -> d.string("@type").equals(Optional.of("type.googleapis.com/google.rpc." + type)))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRefused(Response response, int status, String reason) {
    assertThat(response.status()).isEqualTo(status);
    JsonObject info = detail(response, "ErrorInfo");
    assertThat(info.string("reason")).contains(reason);
    assertThat(info.string("domain")).contains("recado");
    assertThat(info.object("metadata")).isPresent();
    assertThat(detail(response, "RequestInfo").string("requestId"))
        .contains(response.headers().get("X-Request-Id"));
    assertThat(response.contentType()).isEqualTo(Response.JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/v1/", "/v1/nothing", "/v1/channels", "/v1/channels/%zz"})
  void nothingUnderV1IsToldWithoutAKey(String path) {
    Response response = answer("GET", path, Map.of(), "");
    assertRefused(response, 401, "CREDENTIALS_MISSING");
    assertThat(response.headers()).containsEntry("WWW-Authenticate", "Bearer");
    assertThat(response.headers()).containsEntry("Cache-Control", "no-store");
    assertRefused(get(path, "unknown"), 401, "CREDENTIALS_UNKNOWN");
  }

  @Test
  void openPagesNeedNoKeyAndKeepTheirOwnCaching() {
    Response response = answer("GET", "/livez", Map.of(), "");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("X-Content-Type-Options", "nosniff")
        .doesNotContainKey("Cache-Control");
    assertRefused(answer("GET", "/v1x", Map.of(), ""), 404, "ROUTE_NOT_FOUND");
  }

  @Test
  void theGatesStandInOneOrder() {
    assertRefused(get("/v1/nothing", "admin"), 404, "ROUTE_NOT_FOUND");
    Response wrongMethod = answer("PUT", "/v1/channels", ADMIN, "");
    assertRefused(wrongMethod, 405, "METHOD_NOT_ALLOWED");
    assertThat(wrongMethod.headers()).containsEntry("Allow", "GET, POST");
    Map<String, String> reader = Map.of("Authorization", "Bearer reader");
    assertRefused(answer("POST", "/v1/channels/bad:pause", reader, "x"), 403, "ROLE_MISSING");
    assertRefused(answer("POST", "/v1/channels/bad:pause", ADMIN, "x"), 400, "INVALID_FIELDS");
    assertRefused(answer("POST", CHANNEL + ":pause", ADMIN, "x"), 415, "UNSUPPORTED_MEDIA_TYPE");
    assertThat(answer("POST", CHANNEL + ":pause", ADMIN, "").status()).isEqualTo(200);
  }

  @Test
  void aConfinedKeyStaysInItsChannels() {
    assertThat(get(CHANNEL, "confined").status()).isEqualTo(200);
    assertRefused(get(OTHER, "confined"), 403, "CHANNEL_NOT_ALLOWED");
    assertRefused(get("/v1/channels/bad", "confined"), 400, "INVALID_FIELDS");
    assertThat(get("/v1/channels", "confined").status()).isEqualTo(200);
    Map<String, String> confined = Map.of("Authorization", "Bearer confined");
    assertRefused(answer("POST", "/v1/channels", confined, ""), 403, "CHANNEL_NOT_ALLOWED");
  }

  @Test
  void aRateIsToldAndKept() {
    assertThat(get("/v1/channels", "limited").headers())
        .containsEntry("RateLimit", "\"key\";r=1;t=1")
        .containsEntry("RateLimit-Policy", "\"key\";q=2;w=1");
    assertThat(get("/v1/gone", "limited").headers()).containsKey("RateLimit");
    Response refused = get("/v1/channels", "exhausted");
    assertRefused(refused, 429, "RATE_LIMITED");
    assertThat(refused.headers()).containsEntry("Retry-After", "2");
    assertThat(detail(refused, "RetryInfo").string("retryDelay")).contains("2s");
    assertThat(detail(refused, "QuotaFailure").objects("violations")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|200",
        "*/*|200",
        "text/html, application/*;q=0.5|200",
        "application/json;charset=utf-8|200",
        "text/html|406",
        "application/json;q=0, */*|406",
        "*/*;q=0.0|406",
        "text/html;q=0, */*|200",
        "application/xml|406",
        ";;,|406",
      })
  void answersAreJsonOrNothing(String accept, int status) {
    Map<String, String> headers = Map.of("Authorization", "Bearer admin", "Accept", accept);
    assertThat(answer("GET", "/v1/channels", headers, "").status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json | 200",
        "Application/JSON | 200",
        "application/json;charset=UTF-8 | 200",
        "application/json; charset=\"utf-8\" | 200",
        "application/json; charset=utf-16 | 415",
        "text/plain | 415",
        "application/x-www-form-urlencoded | 415",
        "multipart/form-data; boundary=x | 415",
        "application/json-patch+json | 415",
        "json | 415",
      })
  void bodiesAreJson(String line) {
    String[] parts = line.split(" \\| ");
    Map<String, String> headers = Map.of("Authorization", "Bearer admin", "Content-Type", parts[0]);
    assertThat(answer("POST", CHANNEL + ":pause", headers, "{}").status())
        .isEqualTo(Integer.parseInt(parts[1]));
  }

  @Test
  void aBodyOnAGetIsNotRead() {
    assertThat(answer("GET", CHANNEL, ADMIN, "not json").status()).isEqualTo(200);
  }

  @Test
  void detailsFollowTheStatus() {
    Response gone = get("/v1/gone", "admin");
    assertRefused(gone, 404, "RESOURCE_NOT_FOUND");
    assertThat(detail(gone, "ResourceInfo").string("resourceType")).contains("channels");
    assertThat(detail(gone, "ResourceInfo").string("resourceName"))
        .contains("channels/" + TestApi.CHANNEL);
    Response closed = get("/v1/closed", "admin");
    assertRefused(closed, 400, "CHANNEL_DISABLED");
    assertThat(error(closed).string("status")).contains("FAILED_PRECONDITION");
    assertThat(
            detail(closed, "PreconditionFailure").objects("violations").getFirst().string("type"))
        .contains("CHANNEL_DISABLED");
    Response bad = get("/v1/channels/bad", "admin");
    JsonObject violation = detail(bad, "BadRequest").objects("fieldViolations").getFirst();
    assertThat(violation.string("field")).contains("channelId");
    assertThat(violation.string("reason")).contains("INVALID_VALUE");
    assertThat(violation.string("description")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/full, 503, STORAGE_FULL, 5",
    "/v1/away, 503, STORAGE_UNAVAILABLE, 2",
    "/v1/busy, 503, OVERLOADED, 1",
    "/v1/share, 429, WORKSPACE_BUSY, 1",
    "/open/share, 503, OVERLOADED, 1"
  })
  void storageThatCannotWorkSaysWhenToComeAgain(
      String path, int status, String reason, String seconds) {
    Response response = get(path, "admin");
    assertRefused(response, status, reason);
    assertThat(response.headers()).containsEntry("Retry-After", seconds);
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("db-17");
  }

  @Test
  void anUnforeseenFailureIsLoggedOnceWithoutItsWords() {
    var log = (Logger) LoggerFactory.getLogger(HttpApi.class);
    var events = new ListAppender<ILoggingEvent>();
    events.start();
    log.addAppender(events);
    log.setAdditive(false);
    try {
      Response response = get("/v1/broken", "admin");
      assertRefused(response, 500, "INTERNAL");
      assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("secret");
      assertThat(events.list).hasSize(1);
      assertThat(events.list.getFirst().getFormattedMessage())
          .contains("GET /v1/broken", "made-1", "IllegalStateException", "TestApi.fail")
          .doesNotContain("secret");
      assertThat(events.list.getFirst().getThrowableProxy()).isNull();
    } finally {
      log.detachAppender(events);
      log.setAdditive(true);
    }
  }

  @Test
  void everyAnswerIsObservedByItsRoute() {
    get(CHANNEL, "admin");
    get("/v1/nothing", "admin");
    answer("BREW", "/livez", Map.of(), "");
    assertThat(test.observed)
        .containsExactly(
            "GET /v1/channels/{channelId} 200", "GET unmatched 404", "OTHER unmatched 405");
  }
}
