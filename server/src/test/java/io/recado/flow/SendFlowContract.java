package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.Await;
import io.recado.testing.Reply;
import io.recado.testing.TestChannel;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A message from the request to what the provider got and the client reads of it.
interface SendFlowContract extends WithRecado {

  @Test
  default void theDocumentationsCallIsAnsweredAsItShowsAndTheMessageIsRead() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573193210329");
    Reply reply =
        channel.post(
            conversation + "/messages", "\n{\n  'text': 'Your order has been confirmed.'\n}\n");
    JsonNode message = reply.ok();
    assertThat(message.path("name").asString())
        .matches("channels/[0-9a-f]{24}/conversations/[0-9a-f]{24}/messages/[0-9a-f]{24}");
    assertThat(message.path("status").asString()).isEqualTo("SENDING");
    assertThat(message.path("contentType").asString()).isEqualTo("TEXT");
    assertThat(message.path("text").asString()).isEqualTo("Your order has been confirmed.");
    String path = message.path("name").asString().substring(channel.name().length());
    JsonNode read = channel.awaitStatus(path, "READ");
    assertThat(List.of("sentTime", "deliveredTime", "readTime")).allMatch(read::has);
    assertThat(channel.texts("+573193210329")).containsExactly("Your order has been confirmed.");
    assertThat(channel.timeline(path))
        .first()
        .asString()
        .startsWith("ACCEPTED: Accepted: it is on disk");
    assertThat(channel.timeline(path))
        .anyMatch(step -> step.startsWith("ATTEMPT: Attempt 1:"))
        .anyMatch(
            step -> step.equals("RECEIPT: The provider reports that the person has seen it."));
    JsonNode listed = channel.get(conversation + "/messages?pageSize=1").ok();
    assertThat(listed.at("/messages/0")).isEqualTo(read);
    assertThat(listed.path("nextPageToken").isString()).isTrue();
    JsonNode rest =
        channel
            .get(
                conversation
                    + "/messages?pageSize=1&pageToken="
                    + listed.path("nextPageToken").asString())
            .ok();
    assertThat(rest.at("/messages/0/direction").asString()).isEqualTo("INBOUND");
    assertThat(rest.path("nextPageToken").isNull()).isTrue();
  }

  @Test
  default void theStatisticsTellOfAMessageSoonAfter() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000102");
    channel.awaitStatus(channel.send(conversation, "Hola"), "READ");
    String doomed = channel.conversation("+573000000003");
    String template = "{'template': {'name': 'hello_world', 'language': 'en_US'}}";
    channel.awaitStatus(channel.sendBody(doomed + "/messages", template), "FAILED");

    JsonNode total =
        Await.until(
                "the statistics",
                () -> recado().get("/v1/statistics?channel=" + channel.name()).ok(),
                answer -> answer.at("/total/outbound/failed").asInt() == 1)
            .path("total");

    assertThat(total.path("outbound").toString())
        .isEqualTo("{\"accepted\":2,\"sent\":2,\"delivered\":1,\"read\":1,\"failed\":1}");
    assertThat(total.at("/inbound/received").asInt()).isEqualTo(1);
    assertThat(total.at("/failures/0/reason").asString()).isEqualTo("RECIPIENT_UNREACHABLE");
    assertThat(total.at("/latencies/acceptedToSent/count").asInt()).isEqualTo(2);
    assertThat(total.at("/latencies/deliveredToRead/p99").asString()).matches("[0-9.]+s");
  }

  @Test
  default void everySpellingOfATemplatesValuesReachesTheProviderAsItsOwn() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.conversation("+573000000101");
    List<String> bodies =
        List.of(
            "{'template': {'name': 'order_status_update', 'language': 'es', 'parameters':"
                + " {'orderNumber': '1', 'status': 'listo'}}}",
            "{'template': {'name': 'order_status_update', 'parameters': {'order_number': '2',"
                + " 'status': 'listo'}}}",
            "{'template': {'name': 'order_status_update', 'parameters': [{'name': 'status',"
                + " 'value': 'listo'}, {'name': 'orderNumber', 'value': '3'}]}}",
            "{'template': {'name': 'order_confirmed', 'parameters': {'2': '4012', '1': 'Ana'}}}",
            "{'template': {'name': 'order_status_update', 'parameters': {'orderNumber': '5',"
                + " 'status': 'listo'}, 'buttons': [{'index': 0, 'value': 'back'}]}}",
            "{'template': {'name': 'shop_visit', 'header': {'text': 'Ana'}, 'parameters': {'1':"
                + " 'noon'}, 'buttons': [{'index': 0, 'value': 'map'}]}}",
            "{'template': {'name': 'order_picture', 'header': {'image': {'url':"
                + " 'https://shop.example/1.jpg'}}}}");
    List<String> sent =
        bodies.stream()
            .map(body -> channel.sendBody(conversation + "/messages", body.replace("%", "%%")))
            .toList();
    sent.forEach(message -> channel.awaitStatus(message, "READ"));
    List<JsonNode> got =
        channel.accepted("+573000000101").stream()
            .map(call -> call.at("/payload/template"))
            .toList();
    for (int i : List.of(0, 1, 2, 4)) {
      assertThat(got.get(i).at("/components/0/parameters/0/parameter_name").asString())
          .isEqualTo("order_number");
      assertThat(got.get(i).at("/components/0/parameters/0/text").asString())
          .isEqualTo(String.valueOf(i + 1));
    }
    assertThat(got.get(3).at("/components/0/parameters/0/text").asString()).isEqualTo("Ana");
    assertThat(got.get(3).at("/components/0/parameters/1/text").asString()).isEqualTo("4012");
    assertThat(got.get(3).toString()).doesNotContain("parameter_name");
    assertThat(got.get(4).at("/components/1/parameters/0/payload").asString()).isEqualTo("back");
    assertThat(got.get(5).at("/components/0/type").asString()).isEqualTo("header");
    assertThat(got.get(5).at("/components/2/parameters/0/text").asString()).isEqualTo("map");
    assertThat(got.get(6).at("/components/0/parameters/0/image/link").asString())
        .isEqualTo("https://shop.example/1.jpg");
    JsonNode shown = channel.get(sent.get(2)).ok();
    assertThat(shown.path("contentType").asString()).isEqualTo("TEMPLATE");
    assertThat(shown.has("text")).isFalse();
    assertThat(shown.at("/template/parameters/orderNumber").asString()).isEqualTo("3");
  }

  @Test
  default void sendMessageOpensTheConversationOnceAndSends() {
    TestChannel channel = recado().newChannel();
    String body =
        "{'to': '+57 300 000 0102', 'displayName': 'Ana', 'template': {'name': 'hello_world'}}";
    String first = channel.sendBody(":sendMessage", body);
    String second = channel.sendBody(":sendMessage", body);
    assertThat(second.substring(0, second.lastIndexOf('/')))
        .isEqualTo(first.substring(0, first.lastIndexOf('/')));
    channel.awaitStatus(second, "READ");
    JsonNode conversations = channel.get("/conversations").ok().path("conversations");
    assertThat(conversations.size()).isEqualTo(1);
    assertThat(conversations.at("/0/contact/displayName").asString()).isEqualTo("Ana");
    assertThat(conversations.at("/0/contact/phoneNumber").asString()).isEqualTo("+573000000102");
    assertThat(conversations.at("/0/lastMessage/name").asString()).endsWith(second);
  }

  @Test
  default void twentyMessagesOfAConversationReachTheProviderInOrder() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000103");
    List<String> texts = IntStream.range(0, 20).mapToObj(i -> "number " + i).toList();
    List<String> sent = texts.stream().map(text -> channel.send(conversation, text)).toList();
    channel.awaitStatus(sent.getLast(), "READ");
    assertThat(channel.texts("+573000000103")).isEqualTo(texts);
    List<String> listed =
        channel
            .get(conversation + "/messages?pageSize=20")
            .ok()
            .path("messages")
            .valueStream()
            .map(message -> message.path("text").asString())
            .toList();
    assertThat(listed).isEqualTo(texts.reversed());
  }

  @Test
  default void anAnswerQuotesItsMessageAtTheProvider() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000104";
    String conversation = channel.openConversation(phone);
    JsonNode inbound = channel.get(conversation + "/messages").ok().at("/messages/0");
    String question = channel.writes(phone, "¿Y mi pedido?");
    Await.until(
        "the second message",
        () -> channel.get(conversation + "/messages").ok().path("messages"),
        messages -> messages.size() == 2);
    String name = channel.get(conversation + "/messages").ok().at("/messages/0/name").asString();
    String answer =
        channel.sendBody(
            conversation + "/messages", "{'text': 'On its way', 'replyTo': '%s'}", name);
    JsonNode read = channel.awaitStatus(answer, "READ");
    assertThat(read.path("replyTo").asString()).isEqualTo(name);
    assertThat(channel.accepted(phone).getFirst().at("/payload/context/message_id").asString())
        .isEqualTo(question);
    String byNumber =
        channel.sendBody(
            ":sendMessage",
            "{'to': '%s', 'text': 'And thank you', 'replyTo': '%s'}",
            phone,
            inbound.path("name").asString());
    channel.awaitStatus(byNumber, "READ");
    assertThat(channel.accepted(phone).getLast().at("/payload/context/message_id").isString())
        .isTrue();
  }

  @Test
  default void metadataComesBackAndNeverGoesOn() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000105");
    String message =
        channel.sendBody(
            conversation + "/messages", "{'text': 'x', 'metadata': {'orderId': 'secret-4012'}}");
    JsonNode read = channel.awaitStatus(message, "READ");
    assertThat(read.at("/metadata/orderId").asString()).isEqualTo("secret-4012");
    assertThat(channel.accepted("+573000000105").getFirst().toString())
        .doesNotContain("secret-4012");
  }

  @Test
  default void whenTheWindowHasClosedATextIsRefusedAndAFallbackTaken() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000106";
    String conversation = channel.openConversation(phone);
    recado().advance(Duration.ofHours(25));
    Reply refused = channel.post(conversation + "/messages", "{'text': 'late'}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.canonicalStatus()).isEqualTo("FAILED_PRECONDITION");
    assertThat(refused.reason()).isEqualTo("SERVICE_WINDOW_CLOSED");
    assertThat(refused.json().at("/error/message").asString()).contains("template");
    assertThat(channel.get(conversation + "/messages").ok().path("messages").size()).isEqualTo(1);
    String message =
        channel.sendBody(
            conversation + "/messages",
            "{'text': 'late', 'fallbackTemplate': {'name': 'hello_world'}}");
    JsonNode read = channel.awaitStatus(message, "READ");
    assertThat(read.path("contentType").asString()).isEqualTo("TEMPLATE");
    assertThat(read.at("/template/name").asString()).isEqualTo("hello_world");
    assertThat(channel.accepted(phone)).hasSize(1);
    assertThat(channel.accepted(phone).getFirst().path("type").asString()).isEqualTo("template");
  }

  @Test
  default void aWindowThatClosesWhileTheMessageWaitsFailsItWithoutACall() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000107";
    String conversation = channel.openConversation(phone);
    channel.post(":pause", "").ok();
    String message = channel.send(conversation, "too late");
    String saved =
        channel.sendBody(
            conversation + "/messages",
            "{'text': 'also late', 'fallbackTemplate': {'name': 'hello_world'}}");
    recado().advance(Duration.ofHours(25));
    channel.post(":resume", "").ok();
    JsonNode failed = channel.awaitStatus(message, "FAILED");
    assertThat(failed.at("/error/reason").asString()).isEqualTo("SERVICE_WINDOW_CLOSED");
    assertThat(failed.at("/error/remedy").asString()).isNotBlank();
    assertThat(failed.at("/error/retryable").isBoolean()).isTrue();
    channel.awaitStatus(saved, "READ");
    assertThat(channel.asked(phone)).hasSize(1);
  }
}
