package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.http.request.Role;
import io.recado.journal.Dialect;
import io.recado.testing.ApiClient;
import io.recado.testing.Await;
import io.recado.testing.OpenApiOperation;
import io.recado.testing.Reply;
import io.recado.testing.RunningRecado;
import io.recado.testing.TestChannel;
import io.recado.testing.WebhookReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Who may do what, for every operation of openapi.yaml: each credential, each role, each place in
/// which something of another workspace can be named. What is expected is computed from the
/// document, so an operation that the document gains is held by these rules at once, and one whose
/// path names a new kind of thing fails until it is known here.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixTest {

  private static final String NOBODY = "0123456789abcdef01234567";
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);
  private final WebhookReceiver receiver = new WebhookReceiver();
  private final Map<Role, String> keys = new EnumMap<>(Role.class);
  private Things ours;
  private Things theirs;
  private String second;
  private String confined;
  private String revoked;
  private String expired;

  /// What a workspace has, by the path parameter that names it.
  private record Things(String adminKey, TestChannel channel, Map<String, String> ids) {}

  @BeforeAll
  void makeTwoWorkspaces() {
    String other =
        recado
            .call(recado.operatorKey(), "POST", "/v1/workspaces", "{'displayName': 'Other'}")
            .ok()
            .path("adminKey")
            .asString();
    ours = things(RunningRecado.ADMIN_KEY);
    theirs = things(other);
    second = recado.newChannel().id();
    keys.put(Role.ADMIN, RunningRecado.ADMIN_KEY);
    keys.put(Role.OPERATOR, recado.operatorKey());
    keys.put(Role.SENDER, key("'role': 'SENDER'").path("key").asString());
    keys.put(Role.READER, key("'role': 'READER'").path("key").asString());
    confined =
        key("'role': 'ADMIN', 'channels': ['channels/%s']".formatted(second))
            .path("key")
            .asString();
    JsonNode gone = key("'role': 'ADMIN'");
    revoked = gone.path("key").asString();
    recado.delete("/v1/" + gone.path("name").asString());
    String soon = recado.clock.instant().plusSeconds(60).toString();
    expired = key("'role': 'ADMIN', 'expireTime': '%s'".formatted(soon)).path("key").asString();
    recado.advance(Duration.ofSeconds(61));
  }

  @AfterAll
  void stop() {
    recado.close();
    receiver.close();
  }

  static Stream<OpenApiOperation> calls() {
    return ApiClient.contract().operations().stream()
        .filter(operation -> operation.path().startsWith("/v1/"));
  }

  static Stream<OpenApiOperation> lists() {
    return calls()
        .filter(
            operation ->
                operation.parameters().stream().anyMatch(p -> p.name().equals("pageToken")));
  }

  @Test
  void theRoutesAreThoseOfTheDocumentEachForItsRole() {
    var documented = new TreeSet<String>();
    var documentation = new TreeSet<String>();
    for (OpenApiOperation operation : ApiClient.contract().operations()) {
      boolean isDocs = operation.path().matches("/openapi\\..*|/docs.*");
      (isDocs ? documentation : documented).add(operation.route() + " " + operation.role());
    }
    var routes = new TreeSet<String>();
    recado.routes().stream()
        .map(route -> route.method() + " " + route.template() + " " + role(route.least()))
        .forEach(routes::add);
    assertThat(routes).isEqualTo(documented);
    for (String line : documentation) {
      String path = line.split(" ")[1];
      assertThat(recado.callBare("GET", path, new byte[0]).status()).as(path).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void withoutAKeyThatHoldsNothingIsTold(OpenApiOperation call) {
    for (Things things : List.of(ours, theirs)) {
      String target = target(call, things.ids());
      Reply none = recado.callBare(call.method(), target, new byte[0]);
      assertRefused(none, 401, "CREDENTIALS_MISSING");
      assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertRefused(with("rcd_short", call, target), 401, "CREDENTIALS_MALFORMED");
      assertRefused(
          recado.callBare(call.method(), target, new byte[0], "Authorization", "Basic eDp5"),
          401,
          "CREDENTIALS_MALFORMED");
      for (String key : List.of("unknown-key-of-nobody-at-all", revoked, expired)) {
        assertRefused(with(key, call, target), 401, "CREDENTIALS_UNKNOWN");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aKeyDoesWhatItsRoleAllowsAndIsRefusedBeforeAnyLookUp(OpenApiOperation call) {
    Role least = Role.valueOf(call.role());
    Map<String, String> nothing = nothing(call);
    keys.forEach(
        (role, key) -> {
          Reply reply = with(key, call, target(call, nothing));
          boolean isRefused = reply.status() == 401 || reply.status() == 403;
          assertThat(isRefused).as(role + ": " + reply.text()).isEqualTo(!role.allows(least));
          if (isRefused) {
            assertRefused(reply, 403, "ROLE_MISSING");
            Reply real = with(key, call, target(call, ours.ids()));
            assertThat(real.textWithoutRequestId()).isEqualTo(reply.textWithoutRequestId());
          }
        });
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aKeyForSomeChannelsUsesThoseOnly(OpenApiOperation call) {
    Reply elsewhere = with(confined, call, target(call, ours.ids()));
    if (call.role().equals("OPERATOR")) {
      assertRefused(elsewhere, 403, "ROLE_MISSING");
    } else if (call.id().equals("channels_list")) {
      JsonNode channels = elsewhere.ok().path("channels");
      assertThat(channels).hasSize(1);
      assertThat(channels.at("/0/name").asString()).isEqualTo("channels/" + second);
    } else if (call.id().equals("events_list")) {
      assertThat(elsewhere.ok().path("events")).isNotEmpty();
      assertThat(elsewhere.text()).contains(second).doesNotContain(ours.ids().get("channelId"));
    } else if (call.id().equals("events_stream")) {
      assertThat(elsewhere.status()).isEqualTo(200);
    } else {
      assertRefused(elsewhere, 403, "CHANNEL_NOT_ALLOWED");
    }
    if (call.path().contains("{channelId}")) {
      for (String id : List.of(theirs.ids().get("channelId"), NOBODY)) {
        Map<String, String> ids = nothing(call);
        ids.put("channelId", id);
        assertRefused(with(confined, call, target(call, ids)), 403, "CHANNEL_NOT_ALLOWED");
      }
      boolean harmless = call.method().equals("GET") || parameters(call).size() > 1;
      if (harmless) {
        Map<String, String> ids = nothing(call);
        ids.put("channelId", second);
        assertThat(with(confined, call, target(call, ids)).status()).isIn(200, 404, 400);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void whatIsAnotherWorkspacesIsAsIfItWereNotThere(OpenApiOperation call) {
    if (call.role().equals("OPERATOR")) {
      return;
    }
    for (String parameter : parameters(call)) {
      if (parameter.equals("templateName") || parameter.equals("deliveryId")) {
        continue; // A name within a channel, an event's place for an endpoint: their rows hold it.
      }
      Map<String, String> foreign = new TreeMap<>(ours.ids());
      foreign.put(parameter, theirs.ids().get(parameter));
      Map<String, String> missing = new TreeMap<>(ours.ids());
      missing.put(parameter, NOBODY);
      Reply notOurs = with(ours.adminKey(), call, target(call, foreign), example(call));
      Reply notThere = with(ours.adminKey(), call, target(call, missing), example(call));
      assertRefused(notThere, 404, "RESOURCE_NOT_FOUND");
      assertThat(anonymous(notOurs, foreign.get(parameter))).isEqualTo(anonymous(notThere, NOBODY));
      assertThat(notOurs.status()).isEqualTo(404);
      assertThat(notOurs.headers().map().keySet()).isEqualTo(notThere.headers().map().keySet());
    }
    Reply whole = with(ours.adminKey(), call, target(call, theirs.ids()), example(call));
    if (!parameters(call).isEmpty()) {
      assertRefused(whole, 404, "RESOURCE_NOT_FOUND");
    }
  }

  @ParameterizedTest
  @MethodSource("lists")
  void aPageTokenOfAnotherWorkspaceIsNone(OpenApiOperation list) {
    if (list.role().equals("OPERATOR")) {
      return;
    }
    String page = target(list, theirs.ids()) + "?pageSize=1";
    String token = with(theirs.adminKey(), list, page).ok().path("nextPageToken").asString("");
    assertThat(token).isNotEmpty();
    assertThat(with(theirs.adminKey(), list, page + "&pageToken=" + token).status()).isEqualTo(200);
    Reply refused = with(ours.adminKey(), list, target(list, ours.ids()) + "?pageToken=" + token);
    assertRefused(refused, 400, "PAGE_TOKEN_INVALID");
    assertThat(ours.ids().values()).noneMatch(id -> refused.text().contains(id));
  }

  @Test
  void aReferenceInABodyNeverReachesIntoAnotherWorkspace() {
    String messages =
        ours.channel().path() + "/conversations/" + ours.ids().get("conversationId") + "/messages";
    String prefix = messages.substring("/v1/".length()) + "/";
    List<String> refusals = new ArrayList<>();
    for (String id : List.of(theirs.ids().get("messageId"), NOBODY)) {
      Reply reply = recado.post(messages, "{'text': 'x', 'replyTo': '%s'}".formatted(prefix + id));
      assertThat(reply.fields()).containsExactly("replyTo");
      refusals.add(anonymous(reply, id));
    }
    String full = "channels/%s/conversations/%s/messages/".formatted(theirs.channel().id(), NOBODY);
    for (String id : List.of(theirs.ids().get("messageId"), NOBODY)) {
      Reply reply = recado.post(messages, "{'text': 'x', 'replyTo': '%s'}".formatted(full + id));
      assertThat(reply.fields()).containsExactly("replyTo");
    }
    for (String id : List.of(theirs.channel().id(), NOBODY)) {
      Reply reply =
          recado.post(
              "/v1/apiKeys", "{'role': 'READER', 'channels': ['channels/%s']}".formatted(id));
      assertThat(reply.fields()).containsExactly("channels");
      refusals.add(anonymous(reply, id));
    }
    assertThat(refusals.get(0)).isEqualTo(refusals.get(1));
    assertThat(refusals.get(2)).isEqualTo(refusals.get(3));
  }

  @Test
  void aFilterFindsNothingOfAnotherWorkspace() {
    for (String query :
        List.of(
            "filter=contact.phoneNumber%20%3D%20%22%2B573000000702%22",
            "query=573000000702", "query=Theirs")) {
      String target = "/conversations?" + query;
      assertThat(theirs.channel().get(target).ok().path("conversations")).as(query).hasSize(1);
      assertThat(ours.channel().get(target).ok().path("conversations")).as(query).isEmpty();
    }
  }

  @Test
  void anIdempotencyKeyOfAnotherWorkspaceIsAnotherKey() {
    String account = "'whatsapp': {'phoneNumberId': '77', 'accessToken': 'a', 'appSecret': 's'}";
    for (String[] post :
        new String[][] {
          {"/v1/apiKeys", "{'role': 'READER'}"},
          {"/v1/channels", "{'type': 'WHATSAPP', " + account + "}"},
        }) {
      List<Reply> replies = new ArrayList<>();
      for (Things things : List.of(ours, theirs, ours)) {
        replies.add(
            recado.call(
                things.adminKey(), "POST", post[0], post[1], "Idempotency-Key", "shared-key"));
      }
      assertThat(replies).allMatch(reply -> reply.status() == 200);
      assertThat(replies.stream().map(reply -> reply.header("Idempotent-Replayed")))
          .containsExactly("", "", "true");
      assertThat(replies.get(2).text()).isEqualTo(replies.get(0).text());
      assertThat(replies.get(1).json().path("name"))
          .isNotEqualTo(replies.get(0).json().path("name"));
    }
  }

  private Things things(String adminKey) {
    TestChannel channel = recado.newChannel(adminKey);
    recado.newChannel(adminKey);
    channel.post("/conversations", "{'contact': {'phoneNumber': '+573000000701'}}").ok();
    boolean isOurs = adminKey.equals(RunningRecado.ADMIN_KEY);
    String contact =
        isOurs
            ? "{'contact': {'phoneNumber': '+573000000703', 'displayName': 'Ours'}}"
            : "{'contact': {'phoneNumber': '+573000000702', 'displayName': 'Theirs'}}";
    channel.post("/conversations", contact).ok();
    String endpoint = endpoint(adminKey);
    String conversation = channel.openConversation(isOurs ? "+573000000703" : "+573000000702");
    String message = channel.send(conversation, "x");
    channel.awaitStatus(message, "READ");
    JsonNode deliveries =
        Await.until(
            "deliveries",
            () -> recado.call(adminKey, "GET", "/v1/" + endpoint + "/deliveries", "").ok(),
            page -> page.path("deliveries").size() > 1);
    String key =
        recado
            .call(adminKey, "POST", "/v1/apiKeys", "{'role': 'READER'}")
            .ok()
            .path("name")
            .asString();
    return new Things(
        adminKey,
        channel,
        Map.of(
            "channelId", channel.id(),
            "conversationId", last(conversation),
            "messageId", last(message),
            "apiKeyId", last(key),
            "webhookEndpointId", last(endpoint),
            "deliveryId", deliveries.at("/deliveries/0/event").asString(),
            "templateName", "hello_world"));
  }

  /// One that is told events, after another that is not.
  private String endpoint(String adminKey) {
    String url = receiver.url();
    recado
        .call(
            adminKey,
            "POST",
            "/v1/webhookEndpoints",
            "{'url': '%s', 'state': 'DISABLED'}".formatted(url))
        .ok();
    return recado
        .call(adminKey, "POST", "/v1/webhookEndpoints", "{'url': '%s'}".formatted(url))
        .ok()
        .path("name")
        .asString();
  }

  private JsonNode key(String fields) {
    return recado.post("/v1/apiKeys", "{" + fields + "}").ok();
  }

  private Reply with(String key, OpenApiOperation call, String target) {
    return with(key, call, target, call.requestSchema().isPresent() ? "{}" : "");
  }

  private Reply with(String key, OpenApiOperation call, String target, String body) {
    return recado.call(key, call.method(), target, body);
  }

  private static String example(OpenApiOperation call) {
    return call.requestExamples().values().stream().findFirst().map(JsonNode::toString).orElse("");
  }

  private static List<String> parameters(OpenApiOperation call) {
    return PARAMETER.matcher(call.path()).results().map(match -> match.group(1)).toList();
  }

  private static Map<String, String> nothing(OpenApiOperation call) {
    Map<String, String> ids = new TreeMap<>();
    parameters(call).forEach(parameter -> ids.put(parameter, NOBODY));
    return ids;
  }

  private static String target(OpenApiOperation call, Map<String, String> ids) {
    String target = call.path();
    for (String parameter : parameters(call)) {
      assertThat(ids).as("ids of the test's things").containsKey(parameter);
      target = target.replace("{" + parameter + "}", ids.get(parameter));
    }
    return target;
  }

  private static String anonymous(Reply reply, String id) {
    return reply.textWithoutRequestId().replace(id, "ID");
  }

  private static void assertRefused(Reply reply, int status, String reason) {
    assertThat(reply.reason()).as(reply.text()).isEqualTo(reason);
    assertThat(reply.status()).isEqualTo(status);
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static String role(Role least) {
    return least == null ? "NONE" : least.name();
  }
}
