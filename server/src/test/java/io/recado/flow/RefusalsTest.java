package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.journal.Dialect;
import io.recado.testing.Reply;
import io.recado.testing.RunningRecado;
import io.recado.testing.TestChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the API refuses, one by one: the status, the reason, every field that is wrong, and that
/// nothing was stored.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {

  private static final String NOBODY = "0123456789abcdef01234567";

  private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);
  private TestChannel channel;
  private String open;
  private String closed;
  private String otherMessage;

  /// A request and what it is refused with.
  ///
  /// @param target may hold CHANNEL, OPEN and CLOSED for paths
  /// @param fields separated by blanks
  record Refusal(
      String method, String target, String body, int status, String reason, String fields) {

    @Override
    public String toString() {
      String shown = body.length() > 150 ? body.substring(0, 150) + "…" : body;
      return method + " " + target + " " + shown + " is " + status + " " + reason;
    }
  }

  @BeforeAll
  void makeThings() {
    channel = recado.newChannel();
    open = channel.openConversation("+573000000501");
    closed = channel.conversation("+573000000502");
    String other = channel.openConversation("+573000000503");
    otherMessage = channel.name() + channel.send(other, "x");
    channel.awaitStatus(otherMessage.substring(channel.name().length()), "READ");
  }

  @AfterAll
  void stop() {
    recado.close();
  }

  @ParameterizedTest
  @MethodSource({
    "messages",
    "templates",
    "contentsAndPages",
    "channels",
    "conversations",
    "access",
    "paths"
  })
  void isRefused(Refusal refusal) {
    Map<String, Long> before = recado.rows();
    Reply reply =
        recado.call(
            RunningRecado.ADMIN_KEY,
            refusal.method(),
            filled(refusal.target()),
            filled(refusal.body()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(refusal.status());
    assertThat(reply.reason()).as(reply.text()).isEqualTo(refusal.reason());
    assertThat(reply.canonicalStatus()).isEqualTo(canonical(refusal));
    assertThat(String.join(" ", reply.fields())).as(reply.text()).isEqualTo(refusal.fields());
    assertThat(reply.json().at("/error/message").asString()).hasSizeGreaterThan(10);
    assertThat(reply.detail("RequestInfo").path("requestId").asString())
        .isEqualTo(reply.header("X-Request-Id"));
    assertThat(recado.rows()).isEqualTo(before);
  }

  static Stream<Refusal> messages() {
    String post = "CHANNELOPEN/messages";
    List<Refusal> list = new ArrayList<>();
    list.add(fields(post, "{}", "text"));
    list.add(fields(post, "{'text': null}", "text"));
    list.add(fields(post, "{'text': 'x', 'template': {'name': 'hello_world'}}", "template"));
    list.add(fields(post, "{'text': ''}", "text"));
    list.add(fields(post, "{'text': ' \\n\\t '}", "text"));
    list.add(fields(post, "{'text': '%s'}".formatted("x".repeat(4_097)), "text"));
    list.add(fields(post, "{'text': '%s'}".formatted("🙂".repeat(2_049)), "text"));
    list.add(fields(post, "{'text': 17}", "text"));
    list.add(fields(post, "{'text': ['x']}", "text"));
    list.add(fields(post, "{'text': 'x', 'ttl': '0s'}", "ttl"));
    list.add(fields(post, "{'text': 'x', 'ttl': '2592001s'}", "ttl"));
    list.add(fields(post, "{'text': 'x', 'ttl': 3600}", "ttl"));
    list.add(fields(post, "{'text': 'x', 'ttl': '1h'}", "ttl"));
    list.add(
        fields(
            post,
            "{'text': 'x', 'ttl': '60s', 'expireTime': '2126-01-01T00:00:00Z'}",
            "expireTime expireTime"));
    list.add(fields(post, "{'text': 'x', 'expireTime': '2001-01-01T00:00:00Z'}", "expireTime"));
    list.add(fields(post, "{'text': 'x', 'expireTime': 'tomorrow'}", "expireTime"));
    list.add(fields(post, "{'text': 'x', 'replyTo': 'messages/1'}", "replyTo"));
    list.add(fields(post, "{'text': 'x', 'replyTo': 'OTHER'}", "replyTo"));
    list.add(fields(post, "{'text': 'x', 'replyTo': 'MISSING'}", "replyTo"));
    list.add(fields(post, "{'text': 'x', 'metadata': {'a': 1}}", "metadata.a"));
    list.add(fields(post, "{'text': 'x', 'metadata': ['a']}", "metadata"));
    list.add(
        fields(
            post, "{'text': 'x', 'metadata': {'%s': ''}}".formatted("k".repeat(41)), "metadata"));
    list.add(
        fields(
            post,
            "{'text': 'x', 'metadata': {'a': '%s'}}".formatted("v".repeat(501)),
            "metadata.a"));
    list.add(
        fields(
            post,
            "{'text': 'x', 'metadata': {%s}}"
                .formatted(
                    String.join(
                        ", ",
                        Stream.iterate(0, i -> i < 17, i -> i + 1)
                            .map(i -> "'k" + i + "': ''")
                            .toList())),
            "metadata"));
    list.add(fields(post, "{'text': 'x', 'sendTime': '2126-01-01T00:00:00Z'}", "sendTime"));
    list.add(fields(post, "{'text': 'x', 'priority': 'HIGH'}", "priority"));
    list.add(fields(post, "{'txt': 'x'}", "text txt"));
    list.add(
        fields(
            post,
            "{'template': {'name': 'hello_world'}, 'fallbackTemplate': {'name': 'hello_world'}}",
            "fallbackTemplate"));
    list.add(
        fields(
            post,
            "{'text': '', 'ttl': 'x', 'replyTo': 'y', 'metadata': 1, 'nonsense': true}",
            "text ttl metadata replyTo nonsense"));
    list.add(
        new Refusal(
            "POST", "CHANNELCLOSED/messages", "{'text': 'x'}", 400, "SERVICE_WINDOW_CLOSED", ""));
    list.add(
        new Refusal(
            "POST",
            "CHANNEL:sendMessage",
            "{'to': '+573000009999', 'text': 'x'}",
            400,
            "SERVICE_WINDOW_CLOSED",
            ""));
    list.add(fields("CHANNEL:sendMessage", "{'text': 'x'}", "to"));
    list.add(fields("CHANNEL:sendMessage", "{'to': '3000009999', 'text': 'x'}", "to"));
    list.add(fields("CHANNEL:sendMessage", "{'to': '+57', 'text': ''}", "to text"));
    list.add(
        fields(
            "CHANNEL:sendMessage",
            "{'to': '+573000009999', 'text': 'x', 'displayName': '%s'}".formatted("x".repeat(64)),
            "displayName"));
    list.add(
        fields(
            "CHANNEL:sendMessage",
            "{'to': '+573000009999', 'text': 'x', 'replyTo': 'OTHER'}",
            "replyTo"));
    return list.stream();
  }

  static Stream<Refusal> templates() {
    String post = "CHANNELCLOSED/messages";
    String preview = "CHANNEL/templates/";
    return Stream.of(
        fields(post, "{'template': {}}", "template.name"),
        fields(post, "{'template': 'hello_world'}", "template"),
        fields(post, "{'template': {'name': 'nonesuch'}}", "template.name"),
        fields(post, "{'template': {'name': 'paused_offer'}}", "template.name"),
        fields(post, "{'template': {'name': 'greeting'}}", "template.language"),
        fields(post, "{'template': {'name': 'greeting', 'language': 'fr'}}", "template.language"),
        fields(post, "{'template': {'name': 'hello_world', 'mood': 1}}", "template.mood"),
        fields(
            post,
            "{'template': {'name': 'order_status_update'}}",
            "template.parameters.orderNumber template.parameters.status"),
        fields(
            post,
            "{'template': {'name': 'order_status_update', 'parameters': {'orderNumber': '1',"
                + " 'state': 'x'}}}",
            "template.parameters.state template.parameters.status"),
        fields(
            post,
            "{'template': {'name': 'order_status_update', 'parameters': {'orderNumber': 1,"
                + " 'status': ''}}}",
            "template.parameters.orderNumber template.parameters.status"),
        fields(
            post,
            "{'template': {'name': 'hello_world', 'parameters': {'1': 'x'}}}",
            "template.parameters.1"),
        fields(
            post,
            "{'template': {'name': 'order_confirmed', 'parameters': [{'name': '1', 'value': 'a'},"
                + " {'name': '1', 'value': 'b'}]}}",
            "template.parameters[1].name template.parameters.2"),
        fields(
            post,
            "{'template': {'name': 'shop_visit', 'parameters': {'1': 'noon'}}}",
            "template.header.text template.buttons"),
        fields(
            post,
            "{'template': {'name': 'order_picture', 'header': {'text': 'x'}}}",
            "template.header.text template.header.image"),
        fields(
            post,
            "{'template': {'name': 'order_picture', 'header': {'image': {'url': 'ftp://x'}}}}",
            "template.header.image.url"),
        fields(
            post,
            "{'template': {'name': 'hello_world', 'buttons': [{'index': 0, 'value': 'x'}]}}",
            "template.buttons[0].index"),
        fields(
            "CHANNELOPEN/messages",
            "{'text': 'x', 'fallbackTemplate': {'name': 'nonesuch'}}",
            "fallbackTemplate.name"),
        fields(preview + "order_confirmed:preview", "{}", "parameters.1 parameters.2"),
        fields(
            preview + "order_confirmed:preview", "{'name': 'x'}", "parameters.1 parameters.2 name"),
        new Refusal("POST", preview + "nonesuch:preview", "{}", 404, "RESOURCE_NOT_FOUND", ""),
        get("CHANNEL/templates?filter=name%20%3D", "filter"),
        get("CHANNEL/templates?filter=mood%20%3D%20%22x%22", "filter"));
  }

  static Stream<Refusal> contentsAndPages() {
    String list = "CHANNELOPEN/messages?";
    return Stream.of(
        get(list + "pageSize=101", "pageSize"),
        get(list + "pageSize=-1", "pageSize"),
        get(list + "pageSize=x", "pageSize"),
        get(list + "pageSize=%00", "pageSize"),
        get("CHANNEL/templates?pageSize=101", "pageSize"),
        get("CHANNEL/conversations?pageSize=-5", "pageSize"),
        new Refusal("GET", list + "pageToken=abc", "", 400, "PAGE_TOKEN_INVALID", ""),
        new Refusal(
            "GET", list + "pageToken=" + "A".repeat(5_000), "", 400, "PAGE_TOKEN_INVALID", ""),
        get("CHANNEL/conversations?filter=unread", "filter"),
        get("CHANNEL/conversations?filter=unread%20%3D%20maybe", "filter"),
        get("CHANNEL/conversations?filter=state%20%3D%20%22ASLEEP%22", "filter"),
        get("CHANNEL/conversations?query=" + "x".repeat(201), "query"),
        get("CHANNEL/conversations?query=%ff", "query"),
        get("CHANNEL/conversations?query=%00", "query"));
  }

  static Stream<Refusal> channels() {
    String whatsapp = "'whatsapp': {'phoneNumberId': '1', 'accessToken': 'a', 'appSecret': 's'%s}";
    String body = "{'type': 'WHATSAPP', " + whatsapp + "%s}";
    return Stream.of(
        fields("/v1/channels", "{}", "type"),
        fields("/v1/channels", "{'type': 'SMOKE'}", "type"),
        fields("/v1/channels", "{'type': 'WEBCHAT'}", "type"),
        fields(
            "/v1/channels",
            "{'type': 'WHATSAPP'}",
            "whatsapp.phoneNumberId whatsapp.accessToken whatsapp.appSecret"),
        fields(
            "/v1/channels",
            body.formatted(", 'messagesPerSecond': 0", ""),
            "whatsapp.messagesPerSecond"),
        fields(
            "/v1/channels",
            body.formatted(", 'messagesPerSecond': 10001", ""),
            "whatsapp.messagesPerSecond"),
        fields(
            "/v1/channels",
            body.formatted(", 'recipientLimit': {'burst': 0, 'interval': '0s'}", ""),
            "whatsapp.recipientLimit.burst whatsapp.recipientLimit.interval"),
        fields(
            "/v1/channels",
            body.formatted("", ", 'displayName': '" + "x".repeat(64) + "'"),
            "displayName"),
        fields("/v1/channels", body.formatted("", ", 'state': 'ASLEEP'"), "state"),
        fields("/v1/channels", body.formatted("", ", 'defaultLanguage': 'e s'"), "defaultLanguage"),
        fields(
            "/v1/channels",
            body.formatted("", ", 'inDoubt': {'policy': 'HOPE', 'window': '0s', 'laneHold': 'x'}"),
            "inDoubt.policy inDoubt.window inDoubt.laneHold"),
        fields("/v1/channels", body.formatted(", 'apiKey': 'x'", ""), "whatsapp.apiKey"),
        fields(
            "/v1/channels",
            body.formatted(", 'verifyToken': '" + "x".repeat(513) + "'", ""),
            "whatsapp.verifyToken"),
        new Refusal("POST", "/v1/channels", "SAME_ACCOUNT", 409, "ACCOUNT_ALREADY_USED", ""),
        new Refusal("PATCH", "CHANNEL", "{'type': 'WEBCHAT'}", 400, "INVALID_FIELDS", "type"),
        new Refusal("PATCH", "CHANNEL", "{'mood': 1}", 400, "INVALID_FIELDS", "mood"),
        new Refusal("PATCH", "CHANNEL?updateMask=mood", "{}", 400, "INVALID_FIELDS", "updateMask"),
        new Refusal("PATCH", "CHANNEL?updateMask=%2C", "{}", 400, "INVALID_FIELDS", "updateMask"),
        new Refusal(
            "PATCH",
            "CHANNEL?updateMask=whatsapp.accessToken",
            "{}",
            400,
            "INVALID_FIELDS",
            "whatsapp.accessToken"),
        fields("CHANNEL:pause", "{'why': 'x'}", "why"));
  }

  static Stream<Refusal> conversations() {
    String long64 = "x".repeat(64);
    return Stream.of(
        fields("CHANNEL/conversations", "{}", "contact"),
        fields("CHANNEL/conversations", "{'contact': 'Ana'}", "contact"),
        fields("CHANNEL/conversations", "{'contact': {}}", "contact.phoneNumber"),
        fields(
            "CHANNEL/conversations", "{'contact': {'phoneNumber': '12'}}", "contact.phoneNumber"),
        fields(
            "CHANNEL/conversations",
            "{'contact': {'phoneNumber': '+573000000599', 'displayName': '%s', 'mail': 'x'}}"
                .formatted(long64),
            "contact.displayName contact.mail"),
        patch("{'state': 'ASLEEP'}", "state"),
        patch("{'labels': 'vip'}", "labels"),
        patch("{'labels': ['', 'a\\\\b']}", "labels[0] labels"),
        patch("{'labels': ['%s']}".formatted("x".repeat(41)), "labels[0]"),
        patch("{'assignee': '%s'}".formatted("x".repeat(101)), "assignee"),
        patch(
            "{'contact': {'displayName': '%s'}, 'mood': 1}".formatted(long64),
            "contact.displayName mood"),
        fields("CHANNELOPEN:markRead", "{'upTo': 'x'}", "upTo"));
  }

  static Stream<Refusal> access() {
    return Stream.of(
        fields("/v1/apiKeys", "{}", "role"),
        fields("/v1/apiKeys", "{'role': 'OPERATOR'}", "role"),
        fields("/v1/apiKeys", "{'role': 'KING'}", "role"),
        fields("/v1/apiKeys", "{'role': 'READER', 'requestsPerSecond': 0}", "requestsPerSecond"),
        fields(
            "/v1/apiKeys",
            "{'role': 'READER', 'expireTime': '2001-01-01T00:00:00Z'}",
            "expireTime"),
        fields("/v1/apiKeys", "{'role': 'READER', 'channels': ['x']}", "channels"),
        fields(
            "/v1/apiKeys",
            "{'role': 'READER', 'channels': ['channels/" + NOBODY + "']}",
            "channels"),
        new Refusal("GET", "/v1/apiKeys/" + NOBODY, "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal("DELETE", "/v1/apiKeys/" + NOBODY, "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal("GET", "/v1/workspaces", "", 403, "ROLE_MISSING", ""),
        new Refusal("POST", "/v1/workspaces", "{'displayName': 'x'}", 403, "ROLE_MISSING", ""));
  }

  static Stream<Refusal> paths() {
    return Stream.of(
        get("/v1/channels/x", "channelId"),
        get("/v1/channels/" + NOBODY.toUpperCase(), "channelId"),
        get("/v1/apiKeys/x", "apiKeyId"),
        get("CHANNEL/conversations/x", "conversationId"),
        get("CHANNELOPEN/messages/x", "messageId"),
        get("CHANNELOPEN/messages/%2e%2e", "messageId"),
        new Refusal("GET", "/v1/channels/" + NOBODY, "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal("DELETE", "/v1/channels/" + NOBODY, "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal("GET", "CHANNEL/conversations/" + NOBODY, "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal("GET", "CHANNELOPEN/messages/" + NOBODY, "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal(
            "GET",
            "CHANNELOPEN/messages/" + NOBODY + "/timeline",
            "",
            404,
            "RESOURCE_NOT_FOUND",
            ""),
        new Refusal("GET", "CHANNELOPEN/messages/OTHER_ID", "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal("DELETE", "CHANNELOPEN/messages", "", 405, "METHOD_NOT_ALLOWED", ""),
        new Refusal("PUT", "CHANNEL", "{}", 405, "METHOD_NOT_ALLOWED", ""),
        new Refusal("GET", "/v1/events", "", 404, "ROUTE_NOT_FOUND", ""),
        new Refusal("POST", "CHANNEL:batchSendMessages", "{}", 404, "ROUTE_NOT_FOUND", ""),
        new Refusal("GET", "/nothing", "", 404, "ROUTE_NOT_FOUND", ""));
  }

  private static Refusal fields(String target, String body, String fields) {
    return new Refusal("POST", target, body, 400, "INVALID_FIELDS", fields);
  }

  private static Refusal get(String target, String fields) {
    return new Refusal("GET", target, "", 400, "INVALID_FIELDS", fields);
  }

  private static Refusal patch(String body, String fields) {
    return new Refusal("PATCH", "CHANNELOPEN", body, 400, "INVALID_FIELDS", fields);
  }

  private String filled(String text) {
    return text.replace("SAME_ACCOUNT", channel.body("a"))
        .replace("OTHER_ID", otherMessage.substring(otherMessage.lastIndexOf('/') + 1))
        .replace("OTHER", otherMessage)
        .replace("MISSING", channel.name() + open + "/messages/" + NOBODY)
        .replace("CHANNEL", channel.path())
        .replace("OPEN", open)
        .replace("CLOSED", closed);
  }

  private static String canonical(Refusal refusal) {
    return switch (refusal.status()) {
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ALREADY_EXISTS";
      default ->
          refusal.reason().equals("SERVICE_WINDOW_CLOSED")
              ? "FAILED_PRECONDITION"
              : "INVALID_ARGUMENT";
    };
  }
}
