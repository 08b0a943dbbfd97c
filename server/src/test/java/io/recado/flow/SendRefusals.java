package io.recado.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What is refused of messages, templates and the arguments of lists.
final class SendRefusals {

  private SendRefusals() {}

  static Stream<Refusal> messages() {
    String post = "CHANNELOPEN/messages";
    List<Refusal> list = new ArrayList<>();
    list.add(Refusal.fields(post, "{}", "text"));
    list.add(Refusal.fields(post, "{'text': null}", "text"));
    list.add(
        Refusal.fields(post, "{'text': 'x', 'template': {'name': 'hello_world'}}", "template"));
    list.add(Refusal.fields(post, "{'text': ''}", "text"));
    list.add(Refusal.fields(post, "{'text': ' \\n\\t '}", "text"));
    list.add(Refusal.fields(post, "{'text': '%s'}".formatted("x".repeat(4_097)), "text"));
    list.add(Refusal.fields(post, "{'text': '%s'}".formatted("🙂".repeat(2_049)), "text"));
    list.add(Refusal.fields(post, "{'text': 17}", "text"));
    list.add(Refusal.fields(post, "{'text': ['x']}", "text"));
    list.add(Refusal.fields(post, "{'text': 'x', 'ttl': '0s'}", "ttl"));
    list.add(Refusal.fields(post, "{'text': 'x', 'ttl': '2592001s'}", "ttl"));
    list.add(Refusal.fields(post, "{'text': 'x', 'ttl': 3600}", "ttl"));
    list.add(Refusal.fields(post, "{'text': 'x', 'ttl': '1h'}", "ttl"));
    list.add(
        Refusal.fields(
            post,
            "{'text': 'x', 'ttl': '60s', 'expireTime': '2126-01-01T00:00:00Z'}",
            "expireTime expireTime"));
    list.add(
        Refusal.fields(post, "{'text': 'x', 'expireTime': '2001-01-01T00:00:00Z'}", "expireTime"));
    list.add(Refusal.fields(post, "{'text': 'x', 'expireTime': 'tomorrow'}", "expireTime"));
    list.add(Refusal.fields(post, "{'text': 'x', 'replyTo': 'messages/1'}", "replyTo"));
    list.add(Refusal.fields(post, "{'text': 'x', 'replyTo': 'OTHER'}", "replyTo"));
    list.add(Refusal.fields(post, "{'text': 'x', 'replyTo': 'MISSING'}", "replyTo"));
    list.add(Refusal.fields(post, "{'text': 'x', 'metadata': {'a': 1}}", "metadata.a"));
    list.add(Refusal.fields(post, "{'text': 'x', 'metadata': ['a']}", "metadata"));
    list.add(
        Refusal.fields(
            post, "{'text': 'x', 'metadata': {'%s': ''}}".formatted("k".repeat(41)), "metadata"));
    list.add(
        Refusal.fields(
            post,
            "{'text': 'x', 'metadata': {'a': '%s'}}".formatted("v".repeat(501)),
            "metadata.a"));
    list.add(
        Refusal.fields(
            post,
            "{'text': 'x', 'metadata': {%s}}"
                .formatted(
                    String.join(
                        ", ",
                        Stream.iterate(0, i -> i < 17, i -> i + 1)
                            .map(i -> "'k" + i + "': ''")
                            .toList())),
            "metadata"));
    list.add(Refusal.fields(post, "{'text': 'x', 'sendTime': '2126-01-01T00:00:00Z'}", "sendTime"));
    list.add(Refusal.fields(post, "{'text': 'x', 'priority': 'LOW'}", "priority"));
    for (String batch :
        List.of(
            "{}",
            "{'messages': {}}",
            "{'messages': []}",
            "{'messages': [%s{}]}".formatted("{},".repeat(1_000)))) {
      list.add(Refusal.fields("CHANNEL:batchSendMessages", batch, "messages"));
    }
    list.add(Refusal.fields("CHANNEL:batchSendMessages", "{'messages': [{}], 'x': 1}", "x"));
    list.add(Refusal.fields(post, "{'txt': 'x'}", "text txt"));
    list.add(
        Refusal.fields(
            post,
            "{'template': {'name': 'hello_world'}, 'fallbackTemplate': {'name': 'hello_world'}}",
            "fallbackTemplate"));
    list.add(
        Refusal.fields(
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
    list.add(Refusal.fields("CHANNEL:sendMessage", "{'text': 'x'}", "to"));
    list.add(Refusal.fields("CHANNEL:sendMessage", "{'to': '3000009999', 'text': 'x'}", "to"));
    list.add(Refusal.fields("CHANNEL:sendMessage", "{'to': '+57', 'text': ''}", "to text"));
    list.add(
        Refusal.fields(
            "CHANNEL:sendMessage",
            "{'to': '+573000009999', 'text': 'x', 'displayName': '%s'}".formatted("x".repeat(64)),
            "displayName"));
    list.add(
        Refusal.fields(
            "CHANNEL:sendMessage",
            "{'to': '+573000009999', 'text': 'x', 'replyTo': 'OTHER'}",
            "replyTo"));
    return list.stream();
  }

  static Stream<Refusal> templates() {
    String post = "CHANNELCLOSED/messages";
    String preview = "CHANNEL/templates/";
    return Stream.of(
        Refusal.fields(post, "{'template': {}}", "template.name"),
        Refusal.fields(post, "{'template': 'hello_world'}", "template"),
        Refusal.fields(post, "{'template': {'name': 'nonesuch'}}", "template.name"),
        Refusal.fields(post, "{'template': {'name': 'paused_offer'}}", "template.name"),
        Refusal.fields(post, "{'template': {'name': 'greeting'}}", "template.language"),
        Refusal.fields(
            post, "{'template': {'name': 'greeting', 'language': 'fr'}}", "template.language"),
        Refusal.fields(post, "{'template': {'name': 'hello_world', 'mood': 1}}", "template.mood"),
        Refusal.fields(
            post,
            "{'template': {'name': 'order_status_update'}}",
            "template.parameters.orderNumber template.parameters.status"),
        Refusal.fields(
            post,
            "{'template': {'name': 'order_status_update', 'parameters': {'orderNumber': '1',"
                + " 'state': 'x'}}}",
            "template.parameters.state template.parameters.status"),
        Refusal.fields(
            post,
            "{'template': {'name': 'order_status_update', 'parameters': {'orderNumber': 1,"
                + " 'status': ''}}}",
            "template.parameters.orderNumber template.parameters.status"),
        Refusal.fields(
            post,
            "{'template': {'name': 'hello_world', 'parameters': {'1': 'x'}}}",
            "template.parameters.1"),
        Refusal.fields(
            post,
            "{'template': {'name': 'order_confirmed', 'parameters': [{'name': '1', 'value': 'a'},"
                + " {'name': '1', 'value': 'b'}]}}",
            "template.parameters[1].name template.parameters.2"),
        Refusal.fields(
            post,
            "{'template': {'name': 'shop_visit', 'parameters': {'1': 'noon'}}}",
            "template.header.text template.buttons"),
        Refusal.fields(
            post,
            "{'template': {'name': 'order_picture', 'header': {'text': 'x'}}}",
            "template.header.text template.header.image"),
        Refusal.fields(
            post,
            "{'template': {'name': 'order_picture', 'header': {'image': {'url': 'ftp://x'}}}}",
            "template.header.image.url"),
        Refusal.fields(
            post,
            "{'template': {'name': 'hello_world', 'buttons': [{'index': 0, 'value': 'x'}]}}",
            "template.buttons[0].index"),
        Refusal.fields(
            "CHANNELOPEN/messages",
            "{'text': 'x', 'fallbackTemplate': {'name': 'nonesuch'}}",
            "fallbackTemplate.name"),
        Refusal.fields(preview + "order_confirmed:preview", "{}", "parameters.1 parameters.2"),
        Refusal.fields(
            preview + "order_confirmed:preview", "{'name': 'x'}", "parameters.1 parameters.2 name"),
        new Refusal("POST", preview + "nonesuch:preview", "{}", 404, "RESOURCE_NOT_FOUND", ""),
        Refusal.get("CHANNEL/templates?filter=name%20%3D", "filter"),
        Refusal.get("CHANNEL/templates?filter=mood%20%3D%20%22x%22", "filter"));
  }

  static Stream<Refusal> lists() {
    String list = "CHANNELOPEN/messages?";
    return Stream.of(
        Refusal.get(list + "pageSize=101", "pageSize"),
        Refusal.get(list + "pageSize=-1", "pageSize"),
        Refusal.get(list + "pageSize=x", "pageSize"),
        Refusal.get(list + "pageSize=%00", "pageSize"),
        Refusal.get("CHANNEL/templates?pageSize=101", "pageSize"),
        Refusal.get("CHANNEL/conversations?pageSize=-5", "pageSize"),
        new Refusal("GET", list + "pageToken=abc", "", 400, "PAGE_TOKEN_INVALID", ""),
        new Refusal(
            "GET", list + "pageToken=" + "A".repeat(5_000), "", 400, "PAGE_TOKEN_INVALID", ""),
        Refusal.get("CHANNEL/conversations?filter=unread", "filter"),
        Refusal.get("CHANNEL/conversations?filter=unread%20%3D%20maybe", "filter"),
        Refusal.get("CHANNEL/conversations?filter=state%20%3D%20%22ASLEEP%22", "filter"),
        Refusal.get("CHANNEL/conversations?query=" + "x".repeat(201), "query"),
        Refusal.get("CHANNEL/conversations?query=%ff", "query"),
        Refusal.get("CHANNEL/conversations?query=%00", "query"));
  }
}
