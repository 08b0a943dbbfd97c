package io.recado.prove.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import io.recado.prove.ledger.Delivery;
import io.recado.prove.ledger.Event;
import io.recado.prove.ledger.Ledger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiverTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String BODY =
      """
      {"id": "evt_1", "type": "message.sent", "timestamp": "2026-11-22T12:00:00Z",
       "conversationSequence": 4, "data": {"message": {"name": "channels/1/conversations/2/messages/3"}}}\
      """;

  private final Ledger<Delivery> ledger = new Ledger<>();
  private final Receiver receiver = new Receiver(ledger);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    receiver.close();
  }

  @Test
  void whatComesIsReadAndCounted() throws Exception {
    receiver.judge("e0", SECRET);
    assertThat(post("e0", BODY, Instant.now())).isEqualTo(204);
    assertThat(post("e0", BODY, Instant.now())).isEqualTo(204);

    assertThat(ledger.entries()).extracting(Delivery::attempt).containsExactly(1, 2);
    Delivery first = ledger.entries().getFirst();
    assertThat(first.isGenuine()).isTrue();
    assertThat(first.isTaken()).isTrue();
    assertThat(first.event())
        .isEqualTo(
            new Event(
                "evt_1",
                "message.sent",
                Instant.parse("2026-11-22T12:00:00Z"),
                "channels/1/conversations/2",
                4,
                "channels/1/conversations/2/messages/3",
                first.event().contents()));
  }

  @Test
  void theOrderOfFieldsIsNoDifferenceAndEveryOtherOneIs() {
    int whole = EventJson.parse(BODY.getBytes()).contents();
    String turned =
        "{\"type\": \"message.sent\", \"id\": \"evt_1\", "
            + BODY.substring(BODY.indexOf("\"timestamp\""));
    assertThat(EventJson.parse(turned.getBytes()).contents()).isEqualTo(whole);
    assertThat(EventJson.parse(BODY.replace("messages/3", "messages/4").getBytes()).contents())
        .isNotEqualTo(whole);
  }

  @Test
  void thePeopleOfAConversationAreShownAsTheyAreTodayAndDoNotCount() {
    String before = conversation("\"contact\": {\"displayName\": \"A\"}, \"state\": \"OPEN\"");
    String today = conversation("\"contact\": {\"displayName\": \"B\"}, \"state\": \"OPEN\"");
    String other = conversation("\"contact\": {\"displayName\": \"A\"}, \"state\": \"CLOSED\"");
    int whole = EventJson.parse(before.getBytes()).contents();

    assertThat(EventJson.parse(today.getBytes()).contents()).isEqualTo(whole);
    assertThat(EventJson.parse(other.getBytes()).contents()).isNotEqualTo(whole);
  }

  private static String conversation(String fields) {
    return """
    {"id": "evt_1", "type": "conversation.created", "timestamp": "2026-11-22T12:00:00Z",
     "conversationSequence": 1, "data": {"conversation": {%s}}}\
    """
        .formatted(fields);
  }

  @Test
  void aSignatureOfSomebodyElseOrOfAnotherTimeIsNotGenuine() throws Exception {
    receiver.judge("e1", "whsec_AAAAr8GKYqrTwjUPD8ILPZIo2LaLaSw0");
    post("e1", BODY, Instant.now());
    post("nobody", BODY, Instant.now());
    receiver.judge("e0", SECRET);
    post("e0", BODY, Instant.now().minusSeconds(600));
    post("e0", "no JSON", Instant.now());

    assertThat(ledger.entries())
        .extracting(Delivery::isGenuine)
        .containsExactly(false, false, false, true);
    assertThat(ledger.entries().getLast().event()).isNull();
  }

  @Test
  void aStoppedReceiverRefusesConnectionsUntilItIsStartedAgain() throws Exception {
    receiver.judge("e0", SECRET);
    post("e0", BODY, Instant.now());
    receiver.stop();
    assertThatThrownBy(() -> post("e0", BODY, Instant.now())).isInstanceOf(IOException.class);
    receiver.start();
    assertThat(post("e0", BODY, Instant.now())).isEqualTo(204);
    assertThat(ledger.size()).isEqualTo(2);
  }

  private int post(String endpoint, String body, Instant time) throws Exception {
    String signature = new Webhook(SECRET).sign("evt_1", time.getEpochSecond(), body);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(receiver.url(endpoint)))
            .header("webhook-id", "evt_1")
            .header("webhook-timestamp", Long.toString(time.getEpochSecond()))
            .header("webhook-signature", signature)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
