package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.http.server.RawClient;
import io.recado.testing.Await;
import io.recado.testing.Reply;
import io.recado.testing.TestChannel;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What people write and what becomes of our messages, as the provider tells it.
interface ReceiveFlowContract extends WithRecado {

  @Test
  default void aTextOpensTheWindowAndIsCountedUntilItIsMarkedRead() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000401";
    String conversation = channel.conversation(phone);
    assertThat(channel.post(conversation + "/messages", "{'text': 'x'}").reason())
        .isEqualTo("SERVICE_WINDOW_CLOSED");
    Instant before = recado().clock.instant();
    String wamid = channel.writes(phone, "¿Y mi pedido? 🙂");
    JsonNode got =
        Await.until(
            "the message",
            () -> channel.get(conversation).ok(),
            c -> c.path("unreadCount").asInt() == 1);
    assertThat(got.at("/contact/displayName").asString()).isEqualTo("Valentina");
    assertThat(got.at("/contact/userIds/wa_id").asString()).isEqualTo("573000000401");
    Instant openUntil = Instant.parse(got.at("/serviceWindow/openUntil").asString());
    assertThat(openUntil)
        .isBetween(
            before.plus(Duration.ofHours(24)).minusSeconds(2),
            recado().clock.instant().plus(Duration.ofHours(24)));
    JsonNode message = got.path("lastMessage");
    assertThat(message.path("text").asString()).isEqualTo("¿Y mi pedido? 🙂");
    assertThat(message.path("direction").asString()).isEqualTo("INBOUND");
    assertThat(message.path("status").asString()).isEqualTo("DELIVERED");
    assertThat(channel.get("/conversations?filter=unread%20%3D%20true").ok().path("conversations"))
        .hasSize(1);
    JsonNode marked = channel.post(conversation + ":markRead", "{}").ok();
    assertThat(marked.path("unreadCount").asInt()).isZero();
    assertThat(marked.at("/lastMessage/status").asString()).isEqualTo("READ");
    assertThat(channel.get("/conversations?filter=unread%20%3D%20true").ok().path("conversations"))
        .isEmpty();
    Await.until(
        "the provider to be told",
        () -> recado().provider("/_emulator/calls").path("calls").toString(),
        calls -> calls.contains("\"status\":\"read\"") && calls.contains(wamid));
    channel.post(conversation + ":typing", "{}").ok();
    Await.until(
        "the provider to be told of the writing",
        () -> recado().provider("/_emulator/calls").path("calls").toString(),
        calls -> calls.contains("\"typing_indicator\":{\"type\":\"text\"}"));
    channel.awaitStatus(channel.send(conversation, "On its way"), "READ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image",
        "video",
        "audio",
        "document",
        "sticker",
        "location",
        "contacts",
        "interactive",
        "button",
        "reaction",
        "order",
        "system",
        "unsupported",
        "a type of tomorrow"
      })
  default void everyOtherTypeIsKeptAsUnsupported(String type) {
    TestChannel channel = recado().newChannel();
    channel
        .callBack(
            callback(
                channel,
                "'messages': [{'from': '573000000402', 'id': 'wamid.%1$s', 'timestamp': '%2$d', 'type': '%1$s', '%1$s': {'id': '1'}}]"
                    .formatted(type, recado().clock.instant().getEpochSecond())))
        .status();
    JsonNode conversation = channel.get("/conversations").ok().at("/conversations/0");
    assertThat(conversation.at("/lastMessage/contentType").asString()).isEqualTo("UNSUPPORTED");
    assertThat(conversation.at("/lastMessage/unsupported/providerType").asString()).isEqualTo(type);
  }

  @Test
  default void aMessageThatComesTwiceIsStoredOnce() {
    TestChannel channel = recado().newChannel();
    String callback = callback(channel, text("573000000403", "wamid.1", "Hola"));
    assertThat(channel.callBack(callback).status()).isEqualTo(200);
    assertThat(channel.callBack(callback).status()).isEqualTo(200);
    recado().restart();
    assertThat(channel.callBack(callback).status()).isEqualTo(200);
    assertThat(texts(channel)).containsExactly("Hola");
    assertThat(channel.get("/conversations").ok().at("/conversations/0/unreadCount").asInt())
        .isEqualTo(1);
  }

  @Test
  default void oneBadItemDoesNotHideTheOthersOfItsBatch() {
    TestChannel channel = recado().newChannel();
    String time = String.valueOf(recado().clock.instant().getEpochSecond());
    Reply reply =
        channel.callBack(
            callback(
                channel,
                """
                'messages': [
                  {'from': '573000000404', 'id': 'wamid.a', 'timestamp': '%1$s', 'type': 'text', 'text': {'body': 'first'}},
                  'no object', 17, null, {'type': 'text', 'text': {'body': 'nobody'}},
                  {'from': '573000000404', 'id': 'wamid.b', 'timestamp': 'never', 'type': 'text', 'text': {'body': 'second \\u0000 \\ud800'}},
                  {'from': '573000000404', 'id': 'wamid.c', 'timestamp': '%1$s', 'type': 'text', 'text': 'no object'}],
                'statuses': [{'id': 'wamid.unknown', 'status': 'sent'}, {'status': 'read'}, 4]\
                """
                    .formatted(time)));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(texts(channel)).containsExactly("", "second \uFFFD \uFFFD", "first");
  }

  @Test
  default void aCallbackThatIsNotSignedByTheChannelsSecretStoresNothing() {
    TestChannel channel = recado().newChannel();
    String callback = callback(channel, text("573000000405", "wamid.5", "Hola"));
    Map<String, Long> before = recado().rows();
    Reply refused = channel.callBack(callback, "another secret");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.reason()).isEqualTo("SIGNATURE_INVALID");
    Reply unsigned =
        recado()
            .callBare(
                "POST",
                "/providers/whatsapp/" + channel.id(),
                callback.replace('\'', '"').getBytes());
    assertThat(unsigned.status()).isEqualTo(401);
    assertThat(recado().rows()).isEqualTo(before);
    assertThat(channel.callBack("{'entry': [").reason()).isEqualTo("INVALID_JSON");
    assertThat(channel.callBack(callback).status()).isEqualTo(200);
    assertThat(texts(channel)).containsExactly("Hola");
  }

  @Test
  default void aConversationIsFoundByItsPhoneNumberAndByWhatElseIsAskedOfIt() {
    TestChannel channel = recado().newChannel();
    channel.openConversation("+573000000411");
    channel.openConversation("+573000000412");
    assertThat(phones(channel, "contact.phoneNumber = \"+573000000411\""))
        .containsExactly("+573000000411");
    assertThat(phones(channel, "contact.phoneNumber = \"+573000000411\" AND state = CLOSED"))
        .isEmpty();
    assertThat(phones(channel, "NOT contact.phoneNumber = \"+573000000411\""))
        .containsExactly("+573000000412");
  }

  @Test
  default void aNameIsFoundWhateverTheSizeOfItsLetters() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000415");
    channel.openConversation("+573000000416");
    channel.patch(conversation, "{'contact': {'displayName': 'ÁNGELA Núñez'}}").ok();
    for (String query : List.of("ángela", "NÚÑEZ", "Ángela Núñez", "3000000415")) {
      assertThat(listed(channel, "query", query)).containsExactly("+573000000415");
    }
    assertThat(listed(channel, "query", "angela_")).isEmpty();
  }

  @Test
  default void theUpdateTimeThatIsShownIsTheOneThatIsFilteredBy() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000417");
    recado().advance(Duration.ofMinutes(1));
    String time =
        channel.patch(conversation, "{'labels': ['vip']}").ok().path("updateTime").asString();
    assertThat(phones(channel, "updateTime >= \"" + time + "\"")).containsExactly("+573000000417");
    assertThat(phones(channel, "updateTime < \"" + time + "\"")).isEmpty();
  }

  private static List<String> phones(TestChannel channel, String filter) {
    return listed(channel, "filter", filter);
  }

  private static List<String> listed(TestChannel channel, String parameter, String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    return channel
        .get("/conversations?" + parameter + "=" + encoded)
        .ok()
        .path("conversations")
        .valueStream()
        .map(one -> one.at("/contact/phoneNumber").asString())
        .toList();
  }

  @Test
  default void aConversationThatWasReadCanBeSentBackAndNullClears() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000413");
    JsonNode read = channel.get(conversation).ok();
    assertThat(channel.patch(conversation, read.toString()).ok().path("contact"))
        .isEqualTo(read.path("contact"));
    channel
        .patch(
            conversation,
            "{'labels': ['vip'], 'assignee': 'Ana', 'state': 'CLOSED', 'contact': {'displayName':"
                + " 'Vale'}}")
        .ok();
    JsonNode cleared =
        channel
            .patch(
                conversation,
                "{'labels': null, 'assignee': null, 'state': null, 'contact': {'displayName':"
                    + " null}}")
            .ok();
    assertThat(cleared.path("labels")).isEmpty();
    assertThat(cleared.has("assignee")).isFalse();
    assertThat(cleared.path("state").asString()).isEqualTo("OPEN");
    assertThat(cleared.path("contact").has("displayName")).isFalse();
    channel.patch(conversation, "{'contact': {'displayName': 'Vale'}}").ok();
    assertThat(
            channel
                .patch(conversation + "?updateMask=contact", "{}")
                .ok()
                .path("contact")
                .has("displayName"))
        .isFalse();
    assertThat(channel.patch(conversation + "?updateMask=contact.name", "{}").status())
        .isEqualTo(400);
  }

  @Test
  default void openingAConversationAgainAnswersWithItAsItIs() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000414");
    JsonNode read = channel.get(conversation).ok();
    assertThat(read.has("lastMessage")).isTrue();
    assertThat(channel.post("/conversations", "{'contact': {'phoneNumber': '+573000000414'}}").ok())
        .isEqualTo(read);
  }

  @Test
  default void whatCannotBeTheProvidersIsRefusedBeforeItsBodyComes() throws IOException {
    TestChannel channel = recado().newChannel();
    String signature = "X-Hub-Signature-256: sha256=00\r\n";
    assertThat(refusedByItsHead(channel.id(), "")).isEqualTo("401 SIGNATURE_INVALID");
    assertThat(refusedByItsHead("6633a1b2c4d5e6f7a8b9c0d1", signature))
        .isEqualTo("404 RESOURCE_NOT_FOUND");
  }

  private String refusedByItsHead(String channel, String header) throws IOException {
    String head =
        "POST /providers/whatsapp/%s HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n%s\r\n"
            .formatted(channel, header);
    try (var client = new RawClient(recado().port())) {
      client.write(head.getBytes(StandardCharsets.US_ASCII));
      RawClient.Answer answer = client.read();
      return answer.status() + " " + answer.reason();
    }
  }

  @Test
  default void whatIsForANumberThatNobodyHasIsParked() {
    TestChannel channel = recado().newChannel();
    String callback =
        callback(channel, text("573000000406", "wamid.6", "Hola"))
            .replace(channel.phoneNumberId(), "999999999999999");
    Map<String, Long> before = recado().rows();
    assertThat(channel.callBack(callback).status()).isEqualTo(200);
    Map<String, Long> after = recado().rows();
    assertThat(after.get("raw_payload")).isEqualTo(before.get("raw_payload") + 1);
    assertThat(after.get("message")).isEqualTo(before.get("message"));
    assertThat(channel.get("/conversations").ok().path("conversations")).isEmpty();
  }

  @Test
  default void anItemForAnotherChannelOfTheAppGoesToThatOneAndNeverIntoAnotherWorkspace() {
    TestChannel one = recado().newChannel();
    TestChannel two = recado().newChannel();
    String callback = callback(two, text("573000000407", "wamid.7", "Hola"));
    assertThat(one.callBack(callback).status()).isEqualTo(200);
    assertThat(two.get("/conversations").ok().path("conversations")).isEmpty();
    two.patch("", "{'whatsapp': {'appSecret': '%s'}}".formatted(one.appSecret())).ok();
    assertThat(one.callBack(callback).status()).isEqualTo(200);
    assertThat(texts(two)).containsExactly("Hola");
    assertThat(one.get("/conversations").ok().path("conversations")).isEmpty();
    assertThat(recado().delete(one.path()).reason()).isEqualTo("CHANNEL_IN_USE");
  }

  @Test
  default void aPersonWhoseIdIsNotTheDialledNumberAnswersInTheSameConversation() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.conversation("+5585998765432");
    String message =
        channel.sendBody(conversation + "/messages", "{'template': {'name': 'hello_world'}}");
    channel.awaitStatus(message, "READ");
    channel.writes("+5585998765432", "Oi");
    Await.until(
        "the answer",
        () -> channel.get("/conversations").ok().path("conversations"),
        all -> all.valueStream().mapToInt(one -> one.path("unreadCount").asInt()).sum() == 1);
    JsonNode conversations = channel.get("/conversations").ok().path("conversations");
    assertThat(conversations).hasSize(1);
    assertThat(conversations.at("/0/name").asString()).endsWith(conversation);
    assertThat(conversations.at("/0/contact/phoneNumber").asString()).isEqualTo("+5585998765432");
    assertThat(conversations.at("/0/lastMessage/text").asString()).isEqualTo("Oi");
    channel.awaitStatus(channel.send(conversation, "Tudo bem?"), "READ");
  }

  @Test
  default void receiptsInAnyOrderAndNumberNeverMoveAMessageBack() {
    TestChannel channel = recado().newChannel();
    String phone = "+573000000408";
    String conversation = channel.openConversation(phone);
    recado()
        .emulator
        .behave("{\"duplicateReceipts\": 1, \"shuffleReceipts\": true, \"sendRead\": true}");
    try {
      for (int i = 0; i < 5; i++) {
        String message = channel.send(conversation, "number " + i);
        JsonNode read = channel.awaitStatus(message, "READ");
        assertThat(List.of("sentTime", "deliveredTime", "readTime")).allMatch(read::has);
        Await.until(
            "all six receipts",
            () -> channel.timeline(message).stream().filter(s -> s.startsWith("RECEIPT")).count(),
            count -> count >= 3);
        JsonNode after = channel.get(message).ok();
        for (String field : List.of("status", "sentTime", "deliveredTime", "readTime")) {
          assertThat(after.path(field)).as(field).isEqualTo(read.path(field));
        }
      }
    } finally {
      recado().emulator.behave("{\"duplicateReceipts\": 0, \"shuffleReceipts\": false}");
    }
  }

  @Test
  default void theHandshakeIsAnsweredToWhoeverKnowsTheVerifyToken() {
    TestChannel channel = recado().newChannel();
    String target =
        "/providers/whatsapp/"
            + channel.id()
            + "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
    Reply taken = recado().callBare("GET", target + channel.verifyToken(), new byte[0]);
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.text()).isEqualTo("1158201444");
    Reply refused = recado().callBare("GET", target + "another", new byte[0]);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.reason()).isEqualTo("VERIFY_TOKEN_INVALID");
  }

  private static List<String> texts(TestChannel channel) {
    JsonNode conversation = channel.get("/conversations").ok().at("/conversations/0");
    String name = conversation.path("name").asString();
    return channel
        .get(name.substring(channel.name().length()) + "/messages")
        .ok()
        .path("messages")
        .valueStream()
        .map(message -> message.path("text").asString(""))
        .toList();
  }

  private String text(String from, String wamid, String text) {
    return "'contacts': [{'profile': {'name': 'Ana'}, 'wa_id': '%1$s'}], 'messages': [{'from': '%1$s', 'id': '%2$s', 'timestamp': '%3$d', 'type': 'text', 'text': {'body': '%4$s'}}]"
        .formatted(from, wamid, recado().clock.instant().getEpochSecond(), text);
  }

  private static String callback(TestChannel channel, String value) {
    return """
    {'object': 'whatsapp_business_account', 'entry': [{'id': '%s', 'changes': [{'field': 'messages', 'value': {
     'messaging_product': 'whatsapp', 'metadata': {'display_phone_number': '15550001111', 'phone_number_id': '%s'}, %s}}]}]}\
    """
        .formatted(channel.businessAccountId(), channel.phoneNumberId(), value);
  }
}
