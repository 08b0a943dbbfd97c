package io.recado.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.http.Router.Found;
import io.recado.http.Router.NoMethod;
import io.recado.http.Router.NoPath;
import io.recado.http.request.ApiError;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

  private static final Routes.Handler NOTHING = _ -> Response.none();

  private final Router router =
      new Router(
          new Routes()
              .post("/v1/channels/{channelId}/conversations/{c}/messages", Role.SENDER, NOTHING)
              .get("/v1/channels/{channelId}/conversations/{c}/messages", Role.READER, NOTHING)
              .get("/v1/channels/{channelId}/conversations/{c}/messages/{m}", Role.READER, NOTHING)
              .get("/v1/channels", Role.READER, NOTHING)
              .get("/v1/channels/{channelId}", Role.READER, NOTHING)
              .delete("/v1/channels/{channelId}", Role.ADMIN, NOTHING)
              .post("/v1/channels/{channelId}:pause", Role.ADMIN, NOTHING)
              .get("/v1/channels/{channelId}/templates", Role.READER, NOTHING)
              .post("/v1/channels/{channelId}/templates:sync", Role.ADMIN, NOTHING)
              .post("/v1/channels/{channelId}/templates/{name}:preview", Role.READER, NOTHING)
              .get("/v1/channels/mine/other", Role.READER, NOTHING)
              .open("GET", "/livez", 0, NOTHING)
              .open("GET", "/", 0, NOTHING));

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/channels/a/conversations/b/messages,"
        + " /v1/channels/{channelId}/conversations/{c}/messages",
    "GET, /v1/channels/a/conversations/b/messages,"
        + " /v1/channels/{channelId}/conversations/{c}/messages",
    "GET, /v1/channels/a/conversations/b/messages/c,"
        + " /v1/channels/{channelId}/conversations/{c}/messages/{m}",
    "GET, /v1/channels, /v1/channels",
    "GET, /v1/channels/a, /v1/channels/{channelId}",
    "POST, /v1/channels/a:pause, /v1/channels/{channelId}:pause",
    "GET, /v1/channels/a/templates, /v1/channels/{channelId}/templates",
    "POST, /v1/channels/a/templates:sync, /v1/channels/{channelId}/templates:sync",
    "POST, /v1/channels/a/templates/b:preview, /v1/channels/{channelId}/templates/{name}:preview",
    "GET, /v1/channels/mine/other, /v1/channels/mine/other",
    "GET, /v1/channels/mine/templates, /v1/channels/{channelId}/templates",
    "GET, /v1/channels/mine, /v1/channels/{channelId}",
    "GET, /livez, /livez",
    "GET, /, /",
  })
  void aPathLeadsToItsRoute(String method, String path, String template) {
    assertThat(router.find(method, path))
        .isInstanceOfSatisfying(
            Found.class,
            found -> {
              assertThat(found.route().template()).isEqualTo(template);
              assertThat(found.route().method()).isEqualTo(method);
            });
  }

  @Test
  void variablesAreDecoded() {
    assertThat(variables("POST", "/v1/channels/a/templates/b%20%C3%A9%2F%3A+:preview"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("channelId", "a", "name", "b é/:+"));
    assertThat(variables("GET", "/v1/channels/x/conversations/y/messages/z"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("channelId", "x", "c", "y", "m", "z"));
    assertThat(variables("GET", "/v1/channels/a%3Apause")).containsEntry("channelId", "a:pause");
    assertThat(variables("GET", "/v1/channels/a:b/templates")).containsEntry("channelId", "a:b");
  }

  private Map<String, String> variables(String method, String path) {
    return ((Found) router.find(method, path)).variables();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "livez",
        "/livez/",
        "//livez",
        "/Livez",
        "/v1",
        "/v1/",
        "/v1/channels/",
        "/v1//channels",
        "/v1/channels/a/",
        "/v1/channels//templates",
        "/v1/channels/a:unknown",
        "/v1/channels/:pause",
        "/v1/channels/a:pause:pause",
        "/v1/channels/a/templates:unknown",
        "/v1/channels/a/templates/b",
        "/v1/channels/a/conversations",
        "/%76%31/channels",
        "/v1/%63hannels",
        "/v1/channels/mine/nothing",
        "/v1/channels/a/conversations/b/messages/c/d/e",
      })
  void otherPathsAreUnknown(String path) {
    assertThat(router.find("GET", path)).isEqualTo(NoPath.INSTANCE);
  }

  @Test
  void aKnownPathTellsItsMethods() {
    assertThat(((NoMethod) router.find("PUT", "/v1/channels/a")).allowed())
        .containsExactly("DELETE", "GET");
    assertThat(((NoMethod) router.find("GET", "/v1/channels/a:pause")).allowed())
        .containsExactly("POST");
    assertThat(router.find("get", "/livez")).isInstanceOf(NoMethod.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%a", "%zz", "%00", "%ff", "%c3", "%ed%a0%80", "a%2"})
  void brokenEscapesAreTheCallersFault(String id) {
    assertThatThrownBy(() -> router.find("GET", "/v1/channels/" + id))
        .isInstanceOf(ApiError.class)
        .hasMessageStartingWith("channelId: Percent-encode");
  }

  @Test
  void routesThatCollideStopTheStart() {
    assertThatThrownBy(
            () ->
                new Router(
                    new Routes()
                        .get("/v1/a/{x}", Role.READER, NOTHING)
                        .get("/v1/a/{y}", Role.READER, NOTHING)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/v1/a/{x} and /v1/a/{y}");
    assertThatThrownBy(() -> new Router(new Routes().get("v1", Role.READER, NOTHING)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Router(new Routes().get("/a{b}", Role.READER, NOTHING)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Router(new Routes().get("/{a}/{a}", Role.READER, NOTHING)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void queriesAreDecodedAndTheFirstOfANameCounts() {
    assertThat(PercentDecoding.query("a=1+2%2B&b&a=3&&%C3%A9=%26=x"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", "1 2+", "b", "", "é", "&=x"));
    assertThatThrownBy(() -> PercentDecoding.query("pageSize=%zz"))
        .isInstanceOf(ApiError.class)
        .hasMessageStartingWith("pageSize");
  }
}
