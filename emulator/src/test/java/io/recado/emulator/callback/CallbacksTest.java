package io.recado.emulator.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.emulator.testing.Business;
import io.recado.emulator.testing.Scene;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CallbacksTest {
  private Scene scene;

  @BeforeEach
  void open() {
    scene = Scene.open();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  /// HMAC-SHA256 written out by its definition (RFC 2104), so that the emulator's own use of the
  /// JDK is not repeated.
  private static String hmac(String secret, byte[] body) throws Exception {
    var sha = java.security.MessageDigest.getInstance("SHA-256");
    byte[] key = java.util.Arrays.copyOf(secret.getBytes(StandardCharsets.UTF_8), 64);
    byte[] inner = key.clone();
    byte[] outer = key.clone();
    for (int i = 0; i < 64; i++) {
      inner[i] ^= 0x36;
      outer[i] ^= 0x5c;
    }
    sha.update(inner);
    byte[] first = sha.digest(body);
    sha.update(outer);
    return java.util.HexFormat.of().formatHex(sha.digest(first));
  }

  @Test
  void theExactBytesAreSignedAndEscapedAsMetaEscapesThem() throws Exception {
    scene.emulator.receiveInbound(
        "{\"from\": \"573193210329\", \"name\": \"Ana Ñ\", \"text\": \"¿ya? https://a/b 👍\"}");

    Business.Callback callback = scene.business.next();
    String body = new String(callback.body(), StandardCharsets.UTF_8);

    assertThat(callback.signature()).isEqualTo("sha256=" + hmac(Scene.SECRET, callback.body()));
    assertThat(body).isASCII();
    assertThat(body).contains("\\u00bfya? https:\\/\\/a\\/b \\ud83d\\udc4d", "Ana \\u00d1");
  }

  @Test
  void anInboundMessageHasTheShapeOfMetas() {
    scene.emulator.receiveInbound(
        "{\"from\": \"573193210329\", \"name\": \"Valentina\", \"text\": \"hola\"}");

    JsonNode root = scene.business.next().json();

    assertThat(root.path("object").asString()).isEqualTo("whatsapp_business_account");
    assertThat(root.at("/entry/0/id").asString()).isEqualTo(Scene.ACCOUNT);
    assertThat(root.at("/entry/0/changes/0/field").asString()).isEqualTo("messages");
    JsonNode value = root.at("/entry/0/changes/0/value");
    assertThat(value.path("messaging_product").asString()).isEqualTo("whatsapp");
    assertThat(value.at("/metadata/display_phone_number").asString()).isEqualTo("15550001111");
    assertThat(value.at("/metadata/phone_number_id").asString()).isEqualTo(Scene.NUMBER);
    assertThat(value.at("/contacts/0/profile/name").asString()).isEqualTo("Valentina");
    assertThat(value.at("/contacts/0/wa_id").asString()).isEqualTo("573193210329");
    assertThat(value.at("/messages/0/from").asString()).isEqualTo("573193210329");
    assertThat(value.at("/messages/0/timestamp").asString()).matches("[0-9]{10}");
    assertThat(value.at("/messages/0/text/body").asString()).isEqualTo("hola");
  }

  @Test
  void statusesEchoTheCallbackDataAndCarryPricing() {
    scene.writes(Scene.PERSON);
    String wamid =
        scene
            .send(Scene.PERSON, Scene.text("x") + ",\"biz_opaque_callback_data\":\"m:1:1\"")
            .json()
            .at("/messages/0/id")
            .asString();

    List<JsonNode> statuses = scene.business.statuses(3);

    for (JsonNode status : statuses) {
      assertThat(status.path("id").asString()).isEqualTo(wamid);
      assertThat(status.path("biz_opaque_callback_data").asString()).isEqualTo("m:1:1");
      assertThat(status.path("recipient_id").asString()).isEqualTo(Scene.PERSON);
      assertThat(status.path("recipient_user_id").asString()).startsWith("CO.");
      assertThat(status.path("timestamp").isString()).isTrue();
      assertThat(status.has("conversation")).isFalse();
    }
    assertThat(statuses.getFirst().at("/pricing/type").asString())
        .isEqualTo("free_customer_service");
    assertThat(statuses.getFirst().at("/pricing/category").asString()).isEqualTo("service");
    assertThat(statuses.getLast().has("pricing")).isFalse();
  }

  @Test
  void upToVersion23AStatusNamesItsConversation() {
    scene.writes(Scene.PERSON);
    scene.http.post(
        "/v23.0/" + Scene.NUMBER + "/messages", Scene.to(Scene.PERSON, Scene.text("x")));

    List<JsonNode> statuses = scene.business.statuses(2);

    assertThat(statuses.get(0).at("/conversation/expiration_timestamp").asString())
        .matches("[0-9]{10}");
    assertThat(statuses.get(1).path("conversation").has("expiration_timestamp")).isFalse();
    assertThat(statuses.get(1).at("/conversation/origin/type").asString()).isEqualTo("service");
  }

  @Test
  void updatesOfOneMomentShareACallbackUpToTheBatch() {
    scene.emulator.behave("{\"batchCallbacks\": 4, \"receiptDelayMillis\": [3600000, 3600000]}");
    scene.writes(Scene.PERSON);
    for (int i = 0; i < 3; i++) {
      scene.send(Scene.PERSON, Scene.text("x"));
      scene.http.post(
          "/v25.0/" + Scene.OTHER_NUMBER + "/messages", Scene.to(Scene.PERSON, Scene.text("x")));
    }

    scene.emulator.advance(Duration.ofHours(4));

    int statuses = 0;
    Set<String> numbers = new HashSet<>();
    boolean several = false;
    // Three receipts for each of three messages with an open window, one for each of the three
    // others.
    while (statuses < 12) {
      int inOne = 0;
      List<JsonNode> values = Business.values(scene.business.next());
      several |= values.size() > 1;
      for (JsonNode value : values) {
        numbers.add(value.at("/metadata/phone_number_id").asString());
        inOne += value.path("statuses").size();
      }
      assertThat(inOne).isBetween(1, 4);
      statuses += inOne;
    }
    assertThat(statuses).isEqualTo(12);
    assertThat(numbers).hasSize(2);
    assertThat(several).isTrue();
  }

  @Test
  void aCallbackThatIsNotAnswered200ComesAgainWithTheSameBytes() {
    scene.business.answerNext(500, 204, 302);
    scene.emulator.receiveInbound("{\"from\": \"573193210329\", \"text\": \"hola\"}");
    Business.Callback first = scene.business.next();

    for (Duration delay :
        List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20))) {
      awaitFailureNoted();
      scene.emulator.advance(delay);
      Business.Callback again = scene.business.next();
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(again.signature()).isEqualTo(first.signature());
    }
    awaitCallbacks("redelivering", 0);
    assertThat(counts().path("failed").asInt()).isEqualTo(3);
  }

  private int failuresNoted;

  /// Until the emulator has read the refusal and set the timer for the next attempt.
  private void awaitFailureNoted() {
    awaitCallbacks("failed", ++failuresNoted);
  }

  private void awaitCallbacks(String field, int value) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (counts().path(field).asInt() != value) {
      assertThat(System.nanoTime()).as(field).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private JsonNode counts() {
    return scene.http.get("/_emulator/callbacks").json();
  }

  @Test
  void aCallbackIsGivenUpAfterSevenDays() {
    scene.business.answerNext(500, 500);
    scene.emulator.receiveInbound("{\"from\": \"573193210329\", \"text\": \"hola\"}");
    scene.business.next();
    awaitFailureNoted();

    scene.emulator.advance(Duration.ofDays(8));
    scene.business.next();

    awaitCallbacks("redelivering", 0);
    assertThat(counts().path("dropped").asInt()).isEqualTo(1);
  }

  @Test
  void receiptsAreDuplicatedAndShuffledWhenTheBehaviourSaysSo() {
    scene.emulator.behave("{\"duplicateReceipts\": 1, \"shuffleReceipts\": true}");
    scene.writes(Scene.PERSON);
    scene.send(Scene.PERSON, Scene.text("x"));

    assertThat(scene.statuses(6))
        .containsExactlyInAnyOrder("sent", "sent", "delivered", "delivered", "read", "read");
  }

  @Test
  void nobodyReadsWhenSendReadIsOff() {
    scene.emulator.behave("{\"sendRead\": false}");
    scene.writes(Scene.PERSON);
    scene.send(Scene.PERSON, Scene.text("x"));

    // Two callbacks may overtake each other.
    assertThat(scene.statuses(2)).containsExactlyInAnyOrder("sent", "delivered");
    JsonNode call = scene.http.get("/_emulator/calls").json().at("/calls/0");
    assertThat(call.path("receipts").size()).isEqualTo(2);
  }

  @Test
  void byDefaultAMessageIsReadWithinTwoSeconds() throws Exception {
    scene.emulator.behave("{\"receiptDelayMillis\": null}");
    scene.writes(Scene.PERSON);
    CountDownLatch read = new CountDownLatch(1);
    scene.send(Scene.PERSON, Scene.text("x"));
    Thread.ofVirtual()
        .start(
            () -> {
              scene.business.statuses(3);
              read.countDown();
            });

    assertThat(read.await(2, TimeUnit.SECONDS)).isTrue();
  }
}
