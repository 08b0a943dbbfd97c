package io.recado.emulator.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.emulator.testing.Http;
import io.recado.emulator.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class TemplatesTest {
  private static final String TEMPLATES = "/v25.0/" + Scene.ACCOUNT + "/message_templates";
  private static final String CONFIGURED =
      """
      [{"name": "named", "language": "es", "category": "UTILITY", "parameter_format": "NAMED", "components": [
         {"type": "BODY", "text": "Tu pedido {{order_number}} está {{status}}."}]},
       {"name": "positional", "language": "en", "category": "MARKETING", "components": [
         {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}"},
         {"type": "BODY", "text": "Hello {{1}}, {{2}}!"},
         {"type": "BUTTONS", "buttons": [
           {"type": "QUICK_REPLY", "text": "See"},
           {"type": "URL", "text": "Open", "url": "https://x.co/{{1}}"},
           {"type": "COPY_CODE", "text": "Copy"}]}]},
       {"name": "picture", "language": "en", "category": "MARKETING", "components": [
         {"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Look"}]},
       {"name": "code", "language": "en", "category": "AUTHENTICATION", "components": [
         {"type": "BODY", "add_security_recommendation": true},
         {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy"}]}]},
       {"name": "hello_world", "language": "en_US", "category": "UTILITY", "components": [
         {"type": "BODY", "text": "Hello"}]},
       {"name": "paused", "language": "en", "status": "PAUSED", "components": [{"type": "BODY", "text": "x"}]},
       {"name": "disabled", "language": "en", "status": "DISABLED", "components": [{"type": "BODY", "text": "x"}]},
       {"name": "pending", "language": "en", "status": "PENDING", "components": [{"type": "BODY", "text": "x"}]}]
      """;
  private static final String ORDER =
      "{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"parameter_name\":\"order_number\",\"text\":\"A-1\"},{\"type\":\"text\",\"parameter_name\":\"status\",\"text\":\"lista\"}]}";

  private Scene scene;

  @BeforeEach
  void open() {
    scene = Scene.open(CONFIGURED);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private static String template(String name, String language, String components) {
    return "\"type\":\"template\",\"template\":{\"name\":\"%s\",\"language\":{\"code\":\"%s\"},\"components\":[%s]}"
        .formatted(name, language, components);
  }

  private static String text(String value) {
    return "{\"type\":\"text\",\"text\":\"" + value + "\"}";
  }

  private static String part(String type, String... parameters) {
    return "{\"type\":\"%s\",\"parameters\":[%s]}".formatted(type, String.join(",", parameters));
  }

  private static String button(String subType, String index, String... parameters) {
    return "{\"type\":\"button\",\"sub_type\":\"%s\",\"index\":\"%s\",\"parameters\":[%s]}"
        .formatted(subType, index, String.join(",", parameters));
  }

  private static final String COUPON =
      button("copy_code", "2", "{\"type\":\"coupon_code\",\"coupon_code\":\"X1\"}");
  private static final String HEADER = part("header", text("A-1"));
  private static final String BODY = part("body", text("Ana"), text("hi"));
  private static final String URL = button("url", "1", text("1"));

  private static String positional(String... components) {
    return template("positional", "en", String.join(",", components));
  }

  static Stream<String> taken() {
    return Stream.of(
        template("named", "es", ORDER),
        positional(HEADER, BODY, URL, COUPON),
        positional(
            HEADER,
            BODY,
            URL,
            COUPON,
            button("quick_reply", "0", "{\"type\":\"payload\",\"payload\":\"p\"}")),
        positional(
            HEADER,
            part(
                "body",
                "{\"type\":\"currency\",\"currency\":{\"fallback_value\":\"$1\",\"code\":\"USD\",\"amount_1000\":1000}}",
                "{\"type\":\"date_time\",\"date_time\":{\"fallback_value\":\"today\"}}"),
            URL,
            COUPON),
        template(
            "picture",
            "en",
            part("header", "{\"type\":\"image\",\"image\":{\"link\":\"https://x.co/a.jpg\"}}")),
        template("code", "en", part("body", text("1234")) + "," + button("url", "0", text("1234"))),
        "\"type\":\"template\",\"template\":{\"name\":\"hello_world\",\"language\":{\"code\":\"en_US\",\"policy\":\"deterministic\"}}");
  }

  @ParameterizedTest
  @MethodSource("taken")
  void aTemplateIsSentOutsideTheWindowToo(String content) {
    Http.Answer answer = scene.send(Scene.PERSON, content);

    assertThat(answer.status()).as(new String(answer.bytes())).isEqualTo(200);
    assertThat(answer.json().at("/messages/0/message_status").asString()).isEqualTo("accepted");
    assertThat(scene.statuses(3)).containsExactly("sent", "delivered", "read");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(132001, template("named", "es_CO", ORDER)),
        Arguments.of(132001, template("pending", "en", "")),
        Arguments.of(132015, template("paused", "en", "")),
        Arguments.of(132016, template("disabled", "en", "")),
        Arguments.of(132000, template("named", "es", "")),
        Arguments.of(132000, template("named", "es", part("body", text("x")))),
        Arguments.of(132000, template("hello_world", "en_US", part("body", text("x")))),
        Arguments.of(132000, template("hello_world", "en_US", part("header", text("x")))),
        Arguments.of(100, template("named", "es", part("body", text("x"), text("y")))),
        Arguments.of(132012, template("named", "es", ORDER.replace("status", "estado"))),
        Arguments.of(
            132012, template("named", "es", ORDER.replace("\"status\"", "\"order_number\""))),
        Arguments.of(132012, template("named", "es", ORDER.replace("lista", "a\\nb"))),
        Arguments.of(132012, template("named", "es", ORDER.replace("lista", "a     b"))),
        Arguments.of(132005, template("named", "es", ORDER.replace("lista", "x".repeat(1020)))),
        Arguments.of(131008, template("named", "es", ORDER.replace("lista", ""))),
        Arguments.of(132000, positional(BODY, URL, COUPON)),
        Arguments.of(132005, positional(part("header", text("x".repeat(60))), BODY, URL, COUPON)),
        Arguments.of(131008, positional(HEADER, BODY, COUPON)),
        Arguments.of(131008, positional(HEADER, BODY, URL)),
        Arguments.of(131008, positional(HEADER, BODY, button("url", "1"), COUPON)),
        Arguments.of(132012, positional(HEADER, BODY, button("url", "0", text("1")), COUPON)),
        Arguments.of(132012, positional(HEADER, BODY, button("url", "7", text("1")), COUPON)),
        Arguments.of(100, positional(HEADER, BODY, BODY, URL, COUPON)),
        Arguments.of(100, positional(HEADER, BODY, part("foot", text("x")))),
        Arguments.of(100, positional(HEADER, BODY, button("url", "x", text("1")))),
        Arguments.of(132012, template("picture", "en", "")),
        Arguments.of(132012, template("picture", "en", part("header", text("x")))));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aTemplateWithWrongParametersIsRefusedAtOnce(int code, String content) {
    Http.Answer answer = scene.send(Scene.PERSON, content);

    assertThat(answer.code()).as(new String(answer.bytes())).isEqualTo(code);
    assertThat(answer.details()).isNotBlank();
  }

  private static String create(String name, String components) {
    return "{\"name\":\"%s\",\"language\":\"es\",\"category\":\"UTILITY\",\"components\":[%s]}"
        .formatted(name, components);
  }

  private static String body(String text, String more) {
    return "{\"type\":\"BODY\",\"text\":\"" + text + "\"" + more + "}";
  }

  @Test
  void aNewTemplateIsReviewedAndTheVerdictIsCalledBack() {
    JsonNode created = scene.http.post(TEMPLATES, create("fresh", body("Hola", ""))).json();
    assertThat(created.path("status").asString()).isEqualTo("PENDING");
    assertThat(scene.send(Scene.PERSON, template("fresh", "es", "")).code()).isEqualTo(132001);

    scene.emulator.advance(Duration.ofSeconds(1));
    JsonNode entry = scene.business.next().json().at("/entry/0");

    assertThat(entry.path("time").isIntegralNumber()).isTrue();
    assertThat(entry.at("/changes/0/field").asString()).isEqualTo("message_template_status_update");
    assertThat(entry.at("/changes/0/value/event").asString()).isEqualTo("APPROVED");
    assertThat(entry.at("/changes/0/value/message_template_id").asString())
        .isEqualTo(created.path("id").asString());
    assertThat(entry.at("/changes/0/value/message_template_id").isIntegralNumber()).isTrue();
    assertThat(scene.send(Scene.PERSON, template("fresh", "es", "")).status()).isEqualTo(200);
  }

  @Test
  void aNamesEndChoosesTheVerdict() {
    assertThat(
            scene
                .http
                .post(TEMPLATES, create("a_at_once", body("Hola", "")))
                .json()
                .path("status")
                .asString())
        .isEqualTo("APPROVED");
    scene.http.post(TEMPLATES, create("a_rejected", body("Hola", "")));
    scene.emulator.advance(Duration.ofSeconds(1));

    JsonNode value = scene.business.next().json().at("/entry/0/changes/0/value");
    assertThat(value.path("event").asString()).isEqualTo("REJECTED");
    assertThat(value.path("reason").asString()).isEqualTo("INVALID_FORMAT");
  }

  static Stream<Arguments> refusedCreations() {
    String example = ",\"example\":{\"body_text\":[[\"x\"]]}";
    return Stream.of(
        Arguments.of(0, create("Wrong", body("Hola", ""))),
        Arguments.of(0, create("ok", body("Hola", "")).replace("UTILITY", "OTHER")),
        Arguments.of(0, create("ok", body("Hola", "")).replace("\"es\"", "\"spanish!\"")),
        Arguments.of(0, create("ok", "{\"type\":\"BODIES\"}")),
        Arguments.of(2388072, create("ok", "{\"type\":\"FOOTER\",\"text\":\"x\"}")),
        Arguments.of(2388072, create("ok", body("Hola {{1}} ya", ""))),
        Arguments.of(2388072, create("ok", body("Hola {{2}} ya", example))),
        Arguments.of(2388072, create("ok", body("Hola {{orderNumber}} ya", example))),
        Arguments.of(2388040, create("ok", body("x".repeat(1025), ""))),
        Arguments.of(2388299, create("ok", body("Hola {{1}}", example))),
        Arguments.of(2388293, create("ok", body("a {{1}} {{2}} {{3}} b", example))),
        Arguments.of(
            2388047,
            create(
                "ok",
                body("x", "")
                    + ",{\"type\":\"HEADER\",\"format\":\"TEXT\",\"text\":\"{{1}} {{2}}\"}")),
        Arguments.of(
            2388040,
            create(
                "ok",
                body("x", "")
                    + ",{\"type\":\"HEADER\",\"format\":\"TEXT\",\"text\":\""
                    + "x".repeat(61)
                    + "\"}")),
        Arguments.of(
            2388073, create("ok", body("x", "") + ",{\"type\":\"FOOTER\",\"text\":\"{{1}}\"}")),
        Arguments.of(2388024, create("named", body("x", ""))));
  }

  @ParameterizedTest
  @MethodSource("refusedCreations")
  void aTemplateThatMetaWouldNotTakeIsRefusedWithItsSubcode(int subcode, String body) {
    Http.Answer answer = scene.http.post(TEMPLATES, body);

    assertThat(answer.status()).as(new String(answer.bytes())).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(100);
    assertThat(answer.json().at("/error/error_subcode").asInt(0)).isEqualTo(subcode);
    if (subcode != 0) {
      assertThat(answer.json().at("/error/error_user_msg").asString()).isNotBlank();
    }
  }

  @Test
  void anAccountHasAHundredCreationsAnHour() {
    for (int i = 0; i < 100; i++) {
      assertThat(
              scene.http.post(TEMPLATES, create("n" + i + "_pending", body("Hola", ""))).status())
          .isEqualTo(200);
    }
    assertThat(scene.http.post(TEMPLATES, create("late", body("Hola", ""))).code())
        .isEqualTo(80008);
    scene.emulator.advance(Duration.ofHours(2));
    assertThat(scene.http.post(TEMPLATES, create("late", body("Hola", ""))).status())
        .isEqualTo(200);
  }

  @Test
  void aListIsPagedByCursorsAndHasNextOnlyWhenThereIsMore() {
    JsonNode first = scene.http.get(TEMPLATES + "?limit=5&fields=name,status").json();
    assertThat(first.path("data").size()).isEqualTo(5);
    assertThat(first.at("/data/0").propertyNames())
        .containsExactlyInAnyOrder("name", "status", "id");

    JsonNode second = scene.http.get(first.at("/paging/next").asString()).json();
    assertThat(second.path("data").size()).isEqualTo(3);
    assertThat(second.at("/data/0/name").asString()).isEqualTo("paused");
    assertThat(second.path("paging").has("next")).isFalse();
    assertThat(second.at("/paging/cursors").has("after")).isTrue();

    String before = second.at("/paging/cursors/before").asString();
    JsonNode back = scene.http.get(TEMPLATES + "?limit=2&before=" + before).json();
    assertThat(back.at("/data/1/name").asString()).isEqualTo("hello_world");
    assertThat(scene.http.get(TEMPLATES + "?after=x").code()).isEqualTo(100);
    assertThat(scene.http.get(TEMPLATES + "?limit=0").code()).isEqualTo(100);
    assertThat(scene.http.get(TEMPLATES + "?fields=nope").code()).isEqualTo(100);
  }

  @Test
  void aListCanBeFiltered() {
    for (var filter :
        List.of(
            List.of("name=pos", 1),
            List.of("language=en", 6),
            List.of("status=PAUSED", 1),
            List.of("category=MARKETING", 2),
            List.of("content=pedido", 1),
            List.of("name_or_content=Hello", 2))) {
      JsonNode list = scene.http.get(TEMPLATES + "?" + filter.getFirst()).json();
      assertThat(list.path("data").size()).as(filter.toString()).isEqualTo(filter.get(1));
    }
  }

  @Test
  void aTemplateIsGotEditedOnceADayAndDeleted() {
    String id = scene.http.get(TEMPLATES + "?name=hello").json().at("/data/0/id").asString();
    JsonNode one = scene.http.get("/v25.0/" + id).json();
    assertThat(one.path("name").asString()).isEqualTo("hello_world");
    assertThat(one.path("parameter_format").asString()).isEqualTo("POSITIONAL");

    String edit = "{\"components\":[" + body("Adiós", "") + "]}";
    assertThat(scene.http.post("/v25.0/" + id, edit).json().path("success").asBoolean()).isTrue();
    assertThat(scene.http.post("/v25.0/" + id, edit).code()).isEqualTo(100);
    scene.emulator.advance(Duration.ofSeconds(1));
    scene.business.next();
    assertThat(scene.http.post("/v25.0/" + id, edit).details()).contains("once a day");
    scene.emulator.advance(Duration.ofDays(1));
    assertThat(scene.http.post("/v25.0/" + id, edit).status()).isEqualTo(200);
    scene.emulator.advance(Duration.ofSeconds(1));
    scene.business.next();

    assertThat(scene.http.delete(TEMPLATES + "?name=hello_world").status()).isEqualTo(200);
    assertThat(scene.http.get("/v25.0/" + id).code()).isEqualTo(100);
    assertThat(scene.http.delete(TEMPLATES + "?name=hello_world").status()).isEqualTo(400);
    String again = create("hello_world", body("x", "")).replace("\"es\"", "\"en_US\"");
    assertThat(scene.http.post(TEMPLATES, again).json().at("/error/error_subcode").asInt())
        .isEqualTo(2388023);
  }

  @Test
  void aTestCanGiveATemplateAnotherStatus() {
    String pause = "{\"name\":\"named\",\"language\":\"es\",\"status\":\"PAUSED\"}";
    assertThat(scene.http.post("/_emulator/templates", pause).status()).isEqualTo(200);

    assertThat(scene.send(Scene.PERSON, template("named", "es", ORDER)).code()).isEqualTo(132015);
    JsonNode value = scene.business.next().json().at("/entry/0/changes/0/value");
    assertThat(value.path("event").asString()).isEqualTo("PAUSED");
    assertThat(value.at("/other_info/title").asString()).isEqualTo("FIRST_PAUSE");
    assertThat(scene.http.post("/_emulator/templates", pause.replace("PAUSED", "X")).status())
        .isEqualTo(400);
    assertThat(scene.http.post("/_emulator/templates", pause.replace("named", "x")).status())
        .isEqualTo(400);
  }
}
