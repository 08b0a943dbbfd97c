package io.recado.flow;

import java.util.stream.Stream;

/// What is refused of channels, conversations, keys and paths.
final class ResourceRefusals {

  private ResourceRefusals() {}

  static Stream<Refusal> channels() {
    String whatsapp = "'whatsapp': {'phoneNumberId': '1', 'accessToken': 'a', 'appSecret': 's'%s}";
    String body = "{'type': 'WHATSAPP', " + whatsapp + "%s}";
    return Stream.of(
        Refusal.fields("/v1/channels", "{}", "type"),
        Refusal.fields("/v1/channels", "{'type': 'SMOKE'}", "type"),
        Refusal.fields("/v1/channels", "{'type': 'WEBCHAT'}", "type"),
        Refusal.fields(
            "/v1/channels",
            "{'type': 'WHATSAPP'}",
            "whatsapp.phoneNumberId whatsapp.accessToken whatsapp.appSecret"),
        Refusal.fields(
            "/v1/channels",
            body.formatted(", 'messagesPerSecond': 0", ""),
            "whatsapp.messagesPerSecond"),
        Refusal.fields(
            "/v1/channels",
            body.formatted(", 'messagesPerSecond': 10001", ""),
            "whatsapp.messagesPerSecond"),
        Refusal.fields(
            "/v1/channels",
            body.formatted(", 'recipientLimit': {'burst': 0, 'interval': '0s'}", ""),
            "whatsapp.recipientLimit.burst whatsapp.recipientLimit.interval"),
        Refusal.fields(
            "/v1/channels",
            body.formatted("", ", 'displayName': '" + "x".repeat(64) + "'"),
            "displayName"),
        Refusal.fields("/v1/channels", body.formatted("", ", 'state': 'ASLEEP'"), "state"),
        Refusal.fields(
            "/v1/channels", body.formatted("", ", 'defaultLanguage': 'e s'"), "defaultLanguage"),
        Refusal.fields(
            "/v1/channels",
            body.formatted("", ", 'inDoubt': {'policy': 'HOPE', 'window': '0s', 'laneHold': 'x'}"),
            "inDoubt.policy inDoubt.window inDoubt.laneHold"),
        Refusal.fields("/v1/channels", body.formatted(", 'apiKey': 'x'", ""), "whatsapp.apiKey"),
        Refusal.fields(
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
        Refusal.fields("CHANNEL:pause", "{'why': 'x'}", "why"));
  }

  static Stream<Refusal> conversations() {
    String long64 = "x".repeat(64);
    return Stream.of(
        Refusal.fields("CHANNEL/conversations", "{}", "contact"),
        Refusal.fields("CHANNEL/conversations", "{'contact': 'Ana'}", "contact"),
        Refusal.fields("CHANNEL/conversations", "{'contact': {}}", "contact.phoneNumber"),
        Refusal.fields(
            "CHANNEL/conversations", "{'contact': {'phoneNumber': '12'}}", "contact.phoneNumber"),
        Refusal.fields(
            "CHANNEL/conversations",
            "{'contact': {'phoneNumber': '+573000000599', 'displayName': '%s', 'mail': 'x'}}"
                .formatted(long64),
            "contact.displayName contact.mail"),
        Refusal.patch("{'state': 'ASLEEP'}", "state"),
        Refusal.patch("{'labels': 'vip'}", "labels"),
        Refusal.patch("{'labels': ['', 'a\\\\b']}", "labels[0] labels"),
        Refusal.patch("{'labels': ['%s']}".formatted("x".repeat(41)), "labels[0]"),
        Refusal.patch("{'assignee': '%s'}".formatted("x".repeat(101)), "assignee"),
        Refusal.patch(
            "{'contact': {'displayName': '%s'}, 'mood': 1}".formatted(long64),
            "contact.displayName mood"),
        Refusal.fields("CHANNELOPEN:markRead", "{'upTo': 'x'}", "upTo"));
  }

  static Stream<Refusal> access() {
    return Stream.of(
        Refusal.fields("/v1/apiKeys", "{}", "role"),
        Refusal.fields("/v1/apiKeys", "{'role': 'OPERATOR'}", "role"),
        Refusal.fields("/v1/apiKeys", "{'role': 'KING'}", "role"),
        Refusal.fields(
            "/v1/apiKeys", "{'role': 'READER', 'requestsPerSecond': 0}", "requestsPerSecond"),
        Refusal.fields(
            "/v1/apiKeys",
            "{'role': 'READER', 'expireTime': '2001-01-01T00:00:00Z'}",
            "expireTime"),
        Refusal.fields("/v1/apiKeys", "{'role': 'READER', 'channels': ['x']}", "channels"),
        Refusal.fields(
            "/v1/apiKeys",
            "{'role': 'READER', 'channels': ['channels/" + Refusal.NOBODY + "']}",
            "channels"),
        Refusal.fields("/v1/webhookEndpoints", "{}", "url"),
        Refusal.fields("/v1/webhookEndpoints", "{'url': 7}", "url"),
        Refusal.fields("/v1/webhookEndpoints", "{'url': 'ftp://example.com/'}", "url"),
        Refusal.fields("/v1/webhookEndpoints", "{'url': 'https://10.0.0.1/'}", "url"),
        Refusal.fields(
            "/v1/webhookEndpoints", "{'url': 'https://user:secret@example.com/'}", "url"),
        Refusal.fields(
            "/v1/webhookEndpoints",
            "{'url': 'https://example.com/', 'types': ['message.sended']}",
            "types"),
        Refusal.fields(
            "/v1/webhookEndpoints",
            "{'url': 'https://example.com/', 'channels': ['channels/" + Refusal.NOBODY + "']}",
            "channels"),
        Refusal.fields(
            "/v1/webhookEndpoints", "{'url': 'https://example.com/', 'state': 'OPEN'}", "state"),
        new Refusal(
            "GET", "/v1/webhookEndpoints/" + Refusal.NOBODY, "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal(
            "POST",
            "/v1/webhookEndpoints/" + Refusal.NOBODY + ":test",
            "",
            404,
            "RESOURCE_NOT_FOUND",
            ""),
        new Refusal("GET", "/v1/apiKeys/" + Refusal.NOBODY, "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal("DELETE", "/v1/apiKeys/" + Refusal.NOBODY, "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal("GET", "/v1/workspaces", "", 403, "ROLE_MISSING", ""),
        new Refusal("POST", "/v1/workspaces", "{'displayName': 'x'}", 403, "ROLE_MISSING", ""));
  }

  static Stream<Refusal> paths() {
    return Stream.of(
        Refusal.get("/v1/channels/x", "channelId"),
        Refusal.get("/v1/channels/" + Refusal.NOBODY.toUpperCase(), "channelId"),
        Refusal.get("/v1/apiKeys/x", "apiKeyId"),
        Refusal.get("/v1/webhookEndpoints/x", "webhookEndpointId"),
        Refusal.get("/v1/webhookEndpoints/" + Refusal.NOBODY.toUpperCase(), "webhookEndpointId"),
        Refusal.get("CHANNEL/conversations/x", "conversationId"),
        Refusal.get("CHANNELOPEN/messages/x", "messageId"),
        Refusal.get("CHANNELOPEN/messages/%2e%2e", "messageId"),
        new Refusal("GET", "/v1/channels/" + Refusal.NOBODY, "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal("DELETE", "/v1/channels/" + Refusal.NOBODY, "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal(
            "GET", "CHANNEL/conversations/" + Refusal.NOBODY, "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal(
            "GET", "CHANNELOPEN/messages/" + Refusal.NOBODY, "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal(
            "GET",
            "CHANNELOPEN/messages/" + Refusal.NOBODY + "/timeline",
            "",
            404,
            "RESOURCE_NOT_FOUND",
            ""),
        new Refusal("GET", "CHANNELOPEN/messages/OTHER_ID", "", 404, "RESOURCE_NOT_FOUND", ""),
        new Refusal("DELETE", "CHANNELOPEN/messages", "", 405, "METHOD_NOT_ALLOWED", ""),
        new Refusal("PUT", "CHANNEL", "{}", 405, "METHOD_NOT_ALLOWED", ""),
        new Refusal("GET", "/v1/event", "", 404, "ROUTE_NOT_FOUND", ""),
        new Refusal("GET", "/nothing", "", 404, "ROUTE_NOT_FOUND", ""));
  }
}
