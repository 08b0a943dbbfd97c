package io.recado.emulator.number;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.emulator.testing.Business;
import io.recado.emulator.testing.Http;
import io.recado.emulator.testing.Scene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Tokens, ids and methods; the objects that are neither messages nor templates nor files.
class GraphObjectsTest {
  private static final String NUMBER = "/v25.0/" + Scene.NUMBER;
  private static final String ACCOUNT = "/v25.0/" + Scene.ACCOUNT;

  private Scene scene;

  @BeforeEach
  void open() {
    scene = Scene.open();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aTokenIsNeededAndMustBeKnown() {
    Http.Answer none = new Http(scene.emulator.url(), "").get(NUMBER);
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.code()).isEqualTo(104);
    Http.Answer wrong = new Http(scene.emulator.url(), "wrong").post(Scene.MESSAGES, "{}");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.code()).isEqualTo(190);
    assertThat(wrong.json().at("/error/type").asString()).isEqualTo("OAuthException");
    assertThat(wrong.json().at("/error/fbtrace_id").asString()).startsWith("A");
  }

  @Test
  void aTokenOpensOnlyItsOwnAccount() {
    scene.emulator.configure(
        "{\"accounts\":[{\"businessAccountId\":\"2\",\"accessToken\":\"token-2\",\"appSecret\":\"s\",\"phoneNumberId\":\"22\"}]}");

    Http other = new Http(scene.emulator.url(), "token-2");
    assertThat(other.get("/v25.0/22").status()).isEqualTo(200);
    assertThat(other.get(NUMBER).code()).isEqualTo(100);
    assertThat(scene.http.get("/v25.0/22").code()).isEqualTo(100);
  }

  @Test
  void unknownIdsMethodsAndPathsAreRefusedAsMetaDoes() {
    Http.Answer number = scene.http.get("/v25.0/999");
    assertThat(number.status()).isEqualTo(400);
    assertThat(number.json().at("/error/error_subcode").asInt()).isEqualTo(33);
    assertThat(number.json().at("/error/type").asString()).isEqualTo("GraphMethodException");
    assertThat(scene.http.get("/v25.0/me").code()).isEqualTo(803);
    assertThat(scene.http.get("/v25.0/me").status()).isEqualTo(404);
    assertThat(scene.http.get(Scene.MESSAGES).code()).isEqualTo(100);
    assertThat(scene.http.get(NUMBER + "/nothing").code()).isEqualTo(2500);
    assertThat(scene.http.get("/25/" + Scene.NUMBER).code()).isEqualTo(2500);
    assertThat(scene.http.get("/").code()).isEqualTo(2500);
    assertThat(scene.http.get("/v1.0/" + Scene.NUMBER).status()).isEqualTo(200);
  }

  @Test
  void aNumberHasItsFields() {
    JsonNode number = scene.http.get(NUMBER).json();
    assertThat(number.propertyNames())
        .containsExactlyInAnyOrder("id", "display_phone_number", "verified_name", "quality_rating");
    assertThat(number.path("display_phone_number").asString()).isEqualTo("+1 555 000 1111");
    JsonNode more =
        scene.http.get(NUMBER + "?fields=throughput,status,health_status%7Bx%7D").json();
    assertThat(more.at("/throughput/level").asString()).isEqualTo("STANDARD");
    assertThat(more.path("status").asString()).isEqualTo("CONNECTED");
    JsonNode list = scene.http.get(ACCOUNT + "/phone_numbers").json();
    assertThat(list.path("data").size()).isEqualTo(2);
  }

  @Test
  void aDeregisteredNumberCannotSend() {
    scene.http.post(NUMBER + "/deregister", "");
    assertThat(scene.send(Scene.PERSON, Scene.text("x")).code()).isEqualTo(133010);
    String register = "{\"messaging_product\":\"whatsapp\",\"pin\":\"%s\"}";
    assertThat(scene.http.post(NUMBER + "/register", register.formatted("12")).code())
        .isEqualTo(100);
    assertThat(scene.http.post(NUMBER + "/register", register.formatted("123456")).status())
        .isEqualTo(200);
    assertThat(scene.send(Scene.PERSON, Scene.text("x")).status()).isEqualTo(200);
  }

  @Test
  void callbacksStopWhileTheAppIsNotSubscribed() {
    assertThat(scene.http.get(ACCOUNT + "/subscribed_apps").json().path("data").size())
        .isEqualTo(1);
    scene.http.delete(ACCOUNT + "/subscribed_apps");
    assertThat(scene.http.get(ACCOUNT + "/subscribed_apps").json().path("data").size()).isZero();
    scene.emulator.receiveInbound("{\"from\": \"573193210329\", \"text\": \"unheard\"}");
    scene.http.post(ACCOUNT + "/subscribed_apps", "");
    scene.emulator.receiveInbound("{\"from\": \"573193210329\", \"text\": \"heard\"}");

    assertThat(scene.business.items("messages", 1).getFirst().at("/text/body").asString())
        .isEqualTo("heard");
  }

  @Test
  void anAccountOrANumberCanHaveItsOwnAddressWhichMustVerify() {
    try (Business other = new Business()) {
      String override = "{\"override_callback_uri\":\"%s\",\"verify_token\":\"verify-me\"}";
      assertThat(
              scene
                  .http
                  .post(
                      ACCOUNT + "/subscribed_apps",
                      override.formatted(other.url()).replace("-me", "-x"))
                  .code())
          .isEqualTo(2200);
      assertThat(
              scene
                  .http
                  .post(ACCOUNT + "/subscribed_apps", override.formatted(other.url()))
                  .status())
          .isEqualTo(200);
      scene.emulator.receiveInbound("{\"from\": \"573193210329\", \"text\": \"uno\"}");
      assertThat(other.items("messages", 1)).hasSize(1);

      String number =
          "{\"webhook_configuration\":" + override.formatted(scene.business.url()) + "}";
      assertThat(scene.http.post(NUMBER, number).status()).isEqualTo(200);
      scene.emulator.receiveInbound("{\"from\": \"573193210329\", \"text\": \"dos\"}");
      assertThat(scene.business.items("messages", 1).getFirst().at("/text/body").asString())
          .isEqualTo("dos");
    }
  }

  @Test
  void aBlockedPersonNeitherWritesNorIsWrittenTo() {
    String users =
        "{\"messaging_product\":\"whatsapp\",\"block_users\":[{\"user\":\"+57 3193210329\"}]}";
    assertThat(scene.http.post(NUMBER + "/block_users", users).code()).isEqualTo(139100);
    scene.writes(Scene.PERSON);
    JsonNode added = scene.http.post(NUMBER + "/block_users", users).json();
    assertThat(added.at("/block_users/added_users/0/wa_id").asString()).isEqualTo(Scene.PERSON);

    assertThat(scene.http.get(NUMBER + "/block_users").json().at("/data/0/wa_id").asString())
        .isEqualTo(Scene.PERSON);
    assertThat(scene.send(Scene.PERSON, Scene.text("x")).code()).isEqualTo(131026);
    scene.emulator.receiveInbound("{\"from\": \"573193210329\", \"text\": \"unheard\"}");

    scene.http.call("DELETE", NUMBER + "/block_users", users);
    scene.emulator.receiveInbound("{\"from\": \"573193210329\", \"text\": \"heard\"}");
    assertThat(scene.business.items("messages", 1).getFirst().at("/text/body").asString())
        .isEqualTo("heard");
  }
}
