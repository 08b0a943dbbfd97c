package io.recado.emulator.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.emulator.testing.Http;
import io.recado.emulator.testing.Scene;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each type of message: what is taken, and each refusal with its code.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContentTest {
  private Scene scene;

  @BeforeAll
  void open() {
    scene = Scene.open();
    scene.emulator.behave("{\"messagesPerSecond\": null, \"recipientLimit\": null}");
    scene.writes(Scene.PERSON);
  }

  @AfterAll
  void close() {
    scene.close();
  }

  private static String interactive(String type, String action) {
    return interactive(type, "", action);
  }

  private static String interactive(String type, String more, String action) {
    return "\"type\":\"interactive\",\"interactive\":{\"type\":\"%s\",%s\"body\":{\"text\":\"Elige\"},\"action\":%s}"
        .formatted(type, more, action);
  }

  private static String button(String id, String title) {
    return "{\"type\":\"reply\",\"reply\":{\"id\":\"%s\",\"title\":\"%s\"}}".formatted(id, title);
  }

  private static String rows(int section, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"id\":\"r%d-%d\",\"title\":\"Fila\"}".formatted(section, i))
        .collect(java.util.stream.Collectors.joining(","));
  }

  private static String list(String sections) {
    return interactive("list", "{\"button\":\"Ver\",\"sections\":[" + sections + "]}");
  }

  private static String named(String type, String name, String parameters) {
    return interactive(type, "{\"name\":\"" + name + "\",\"parameters\":" + parameters + "}");
  }

  private static String contact(String fields) {
    return "\"type\":\"contacts\",\"contacts\":[" + fields + "]";
  }

  private static String image(String fields) {
    return "\"type\":\"image\",\"image\":{" + fields + "}";
  }

  private static String location(String fields) {
    return "\"type\":\"location\",\"location\":{" + fields + "}";
  }

  static Stream<String> taken() {
    String flow =
        "{\"flow_message_version\":\"3\",\"flow_id\":\"1\",\"flow_cta\":\"Abrir\",\"mode\":\"published\"}";
    return Stream.of(
        Scene.text("hola"),
        Scene.text("x".repeat(4096)),
        "\"text\":{\"body\":\"type is text when missing\",\"preview_url\":true}",
        Scene.text("x")
            + ",\"context\":{\"message_id\":\"wamid.A\"},\"recipient_type\":\"individual\"",
        image("\"link\":\"https://example.com/a.jpg\",\"caption\":\"" + "x".repeat(1024) + "\""),
        "\"type\":\"video\",\"video\":{\"link\":\"https://example.com/a.mp4\"}",
        "\"type\":\"audio\",\"audio\":{\"link\":\"https://example.com/a.ogg\",\"voice\":true}",
        "\"type\":\"document\",\"document\":{\"link\":\"https://example.com/a.pdf\",\"filename\":\"a.pdf\"}",
        "\"type\":\"sticker\",\"sticker\":{\"link\":\"https://example.com/a.webp\"}",
        location("\"latitude\":4.65,\"longitude\":-74.05,\"name\":\"Bogotá\""),
        location("\"latitude\":\"-90\",\"longitude\":\"180\""),
        contact(
            "{\"name\":{\"formatted_name\":\"A"
                + " B\",\"first_name\":\"A\"},\"phones\":[{\"phone\":\"+57\",\"type\":\"CELL\"}]}"),
        "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.A\",\"emoji\":\"👍\"}",
        "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.A\",\"emoji\":\"\"}",
        interactive(
            "button",
            "{\"buttons\":["
                + button("a", "x".repeat(20))
                + ","
                + button("b", "B")
                + ","
                + button("c", "C")
                + "]}"),
        interactive(
            "button",
            "\"header\":{\"type\":\"image\",\"image\":{\"link\":\"https://example.com/a.jpg\"}},\"footer\":{\"text\":\"f\"},",
            "{\"buttons\":[" + button("a", "A") + "]}"),
        list("{\"rows\":[" + rows(0, 10) + "]}"),
        list(
            "{\"title\":\"Uno\",\"rows\":["
                + rows(0, 5)
                + "]},{\"title\":\"Dos\",\"rows\":["
                + rows(1, 5)
                + "]}"),
        named("cta_url", "cta_url", "{\"display_text\":\"Abrir\",\"url\":\"https://example.com\"}"),
        named("flow", "flow", flow),
        interactive("location_request_message", "{\"name\":\"send_location\"}"),
        "\"type\":\"interactive\",\"interactive\":{\"type\":\"product\",\"action\":{\"catalog_id\":\"1\",\"product_retailer_id\":\"2\"}}",
        interactive(
            "product_list",
            "\"header\":{\"type\":\"text\",\"text\":\"H\"},",
            "{\"catalog_id\":\"1\",\"sections\":[{\"title\":\"T\",\"product_items\":[{\"product_retailer_id\":\"2\"}]}]}"),
        interactive("catalog_message", "{\"name\":\"catalog_message\"}"));
  }

  @ParameterizedTest
  @MethodSource("taken")
  void whatIsInOrderIsAccepted(String content) {
    Http.Answer answer = scene.send(Scene.PERSON, content);

    assertThat(answer.status()).as(new String(answer.bytes())).isEqualTo(200);
    assertThat(answer.json().at("/messages/0/id").asString()).startsWith("wamid.");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(100, "text", "\"type\":\"text\""),
        Arguments.of(100, "text['body']", "\"type\":\"text\",\"text\":{}"),
        Arguments.of(100, "text['body']", Scene.text("  ")),
        Arguments.of(100, "at most 4096", Scene.text("x".repeat(4097))),
        Arguments.of(100, "must be a string", "\"text\":{\"body\":5}"),
        Arguments.of(
            100, "Unexpected key \"preview\"", "\"text\":{\"body\":\"x\",\"preview\":true}"),
        Arguments.of(100, "true or false", "\"text\":{\"body\":\"x\",\"preview_url\":\"yes\"}"),
        Arguments.of(100, "type must be one of", "\"type\":\"poll\""),
        Arguments.of(100, "Unexpected key \"tpye\"", "\"tpye\":\"text\",\"text\":{\"body\":\"x\"}"),
        Arguments.of(
            100,
            "at most 512",
            Scene.text("x") + ",\"biz_opaque_callback_data\":\"" + "d".repeat(513) + "\""),
        Arguments.of(100, "context['message_id']", Scene.text("x") + ",\"context\":{}"),
        Arguments.of(131055, "Groups", Scene.text("x") + ",\"recipient_type\":\"group\""),
        Arguments.of(100, "image['id'] is required", image("\"caption\":\"x\"")),
        Arguments.of(
            100, "together with link", image("\"id\":\"1\",\"link\":\"https://example.com/a\"")),
        Arguments.of(131009, "http or https", image("\"link\":\"ftp://example.com/a\"")),
        Arguments.of(131009, "does not exist", image("\"id\":\"1\"")),
        Arguments.of(
            100,
            "at most 1024",
            image("\"link\":\"https://example.com/a\",\"caption\":\"" + "x".repeat(1025) + "\"")),
        Arguments.of(
            100,
            "Unexpected key \"caption\"",
            "\"type\":\"audio\",\"audio\":{\"link\":\"https://example.com/a\",\"caption\":\"x\"}"),
        Arguments.of(131008, "longitude", location("\"latitude\":1")),
        Arguments.of(131009, "between -90", location("\"latitude\":91,\"longitude\":1")),
        Arguments.of(131009, "must be a number", location("\"latitude\":\"x\",\"longitude\":1")),
        Arguments.of(131008, "formatted_name", contact("{\"name\":{\"first_name\":\"A\"}}")),
        Arguments.of(131008, "first_name", contact("{\"name\":{\"formatted_name\":\"A\"}}")),
        Arguments.of(
            131009,
            "YYYY-MM-DD",
            contact(
                "{\"birthday\":\"1.1.2000\",\"name\":{\"formatted_name\":\"A\",\"first_name\":\"A\"}}")),
        Arguments.of(100, "1 to 257", contact("")),
        Arguments.of(100, "must be an object", contact("5")),
        Arguments.of(
            100, "reaction['message_id']", "\"type\":\"reaction\",\"reaction\":{\"emoji\":\"👍\"}"),
        Arguments.of(
            100, "reaction['emoji']", "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"w\"}"),
        Arguments.of(
            131009,
            "one emoji",
            "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"w\",\"emoji\":\"ok\"}"),
        Arguments.of(131009, "must be one of", interactive("poll", "{}")),
        Arguments.of(
            131008,
            "interactive['body']",
            "\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"action\":{}}"),
        Arguments.of(
            131008,
            "action",
            "\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"body\":{\"text\":\"x\"}}"),
        Arguments.of(131009, "1 to 3", interactive("button", "{\"buttons\":[]}")),
        Arguments.of(
            131009,
            "at most 20",
            interactive("button", "{\"buttons\":[" + button("a", "x".repeat(21)) + "]}")),
        Arguments.of(
            131009,
            "at most 256",
            interactive("button", "{\"buttons\":[" + button("x".repeat(257), "A") + "]}")),
        Arguments.of(
            131009,
            "given twice",
            interactive(
                "button", "{\"buttons\":[" + button("a", "A") + "," + button("a", "B") + "]}")),
        Arguments.of(
            131009,
            "at most 60",
            interactive(
                "button",
                "\"footer\":{\"text\":\"" + "x".repeat(61) + "\"},",
                "{\"buttons\":[" + button("a", "A") + "]}")),
        Arguments.of(
            131009,
            "at most 10 rows",
            list(
                "{\"title\":\"Uno\",\"rows\":["
                    + rows(0, 6)
                    + "]},{\"title\":\"Dos\",\"rows\":["
                    + rows(1, 5)
                    + "]}")),
        Arguments.of(
            131008,
            "title",
            list(
                "{\"rows\":["
                    + rows(0, 1)
                    + "]},{\"title\":\"Dos\",\"rows\":["
                    + rows(1, 1)
                    + "]}")),
        Arguments.of(
            131009,
            "at most 72",
            list(
                "{\"rows\":[{\"id\":\"1\",\"title\":\"T\",\"description\":\""
                    + "x".repeat(73)
                    + "\"}]}")),
        Arguments.of(
            131009,
            "at most 24",
            list("{\"rows\":[{\"id\":\"1\",\"title\":\"" + "x".repeat(25) + "\"}]}")),
        Arguments.of(
            131009,
            "must be one of {text}",
            interactive(
                "list",
                "\"header\":{\"type\":\"image\"},",
                "{\"button\":\"Ver\",\"sections\":[{\"rows\":[" + rows(0, 1) + "]}]}")),
        Arguments.of(
            131009,
            "http or https",
            named("cta_url", "cta_url", "{\"display_text\":\"A\",\"url\":\"x\"}")),
        Arguments.of(
            131009,
            "at most 30",
            named(
                "flow",
                "flow",
                "{\"flow_message_version\":\"3\",\"flow_id\":\"1\",\"flow_cta\":\""
                    + "x".repeat(31)
                    + "\"}")),
        Arguments.of(
            131008,
            "flow_id",
            named("flow", "flow", "{\"flow_message_version\":\"3\",\"flow_cta\":\"A\"}")),
        Arguments.of(
            131009,
            "must be one of {send_location}",
            interactive("location_request_message", "{\"name\":\"x\"}")),
        Arguments.of(
            131008,
            "header",
            interactive("product_list", "{\"catalog_id\":\"1\",\"sections\":[]}")),
        Arguments.of(100, "template", "\"type\":\"template\""),
        Arguments.of(
            100, "template['language']", "\"type\":\"template\",\"template\":{\"name\":\"x\"}"),
        Arguments.of(
            132001,
            "does not exist in es",
            "\"type\":\"template\",\"template\":{\"name\":\"x\",\"language\":{\"code\":\"es\"}}"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatMetaWouldRefuseIsRefusedWithItsCode(int code, String details, String content) {
    Http.Answer answer = scene.send(Scene.PERSON, content);

    assertThat(answer.code()).as(new String(answer.bytes())).isEqualTo(code);
    assertThat(answer.details()).contains(details);
    assertThat(answer.status()).isBetween(400, 499);
  }

  static Stream<Arguments> refusedRecipients() {
    return Stream.of(
        Arguments.of(100, "{\"messaging_product\":\"whatsapp\",\"text\":{\"body\":\"x\"}}"),
        Arguments.of(100, "{\"to\":\"573193210329\",\"text\":{\"body\":\"x\"}}"),
        Arguments.of(
            100,
            "{\"messaging_product\":\"sms\",\"to\":\"573193210329\",\"text\":{\"body\":\"x\"}}"),
        Arguments.of(131009, Scene.to("ana", Scene.text("x"))),
        Arguments.of(131009, Scene.to("123", Scene.text("x"))),
        Arguments.of(131021, Scene.to("+1 (555) 000-1111", Scene.text("x"))),
        Arguments.of(
            131009,
            "{\"messaging_product\":\"whatsapp\",\"recipient\":\"CO.1\",\"text\":{\"body\":\"x\"}}"),
        Arguments.of(100, "{\"messaging_product\":\"whatsapp\","),
        Arguments.of(100, "[]"),
        Arguments.of(100, ""),
        Arguments.of(100, "[".repeat(5000)));
  }

  @ParameterizedTest
  @MethodSource("refusedRecipients")
  void aBodyThatCannotBeSentIsRefused(int code, String body) {
    Http.Answer answer = scene.http.post(Scene.MESSAGES, body);

    assertThat(answer.code()).as(new String(answer.bytes())).isEqualTo(code);
  }

  @Test
  void theAnswerNamesInputAndWaIdAndHasNoStatusForFreeText() {
    var json = scene.send("+57 319 321-0329", Scene.text("x")).json();

    assertThat(json.path("messaging_product").asString()).isEqualTo("whatsapp");
    assertThat(json.at("/contacts/0/input").asString()).isEqualTo("+57 319 321-0329");
    assertThat(json.at("/contacts/0/wa_id").asString()).isEqualTo("573193210329");
    assertThat(json.at("/messages/0").has("message_status")).isFalse();
  }

  @Test
  void aPersonCanBeWrittenToByTheirUserId() {
    String userId =
        scene.send(Scene.PERSON, Scene.text("x")).json().at("/contacts/0/user_id").asString();
    assertThat(userId).matches("CO\\.[0-9]{20}");

    var json =
        scene
            .http
            .post(
                Scene.MESSAGES,
                "{\"messaging_product\":\"whatsapp\",\"recipient\":\""
                    + userId
                    + "\",\"text\":{\"body\":\"x\"}}")
            .json();

    assertThat(json.at("/contacts/0/input").asString()).isEqualTo(userId);
    assertThat(json.at("/contacts/0").has("wa_id")).isFalse();
  }

  @Test
  void aMessageIsMarkedAsReadOnlyIfItCameIn() {
    String wamid = scene.emulator.receiveInbound("{\"from\":\"57311000\",\"text\":\"hola\"}");
    String mark =
        "{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"%s\"%s}";
    String typing = ",\"typing_indicator\":{\"type\":\"text\"}";

    assertThat(
            scene
                .http
                .post(Scene.MESSAGES, mark.formatted(wamid, typing))
                .json()
                .path("success")
                .asBoolean())
        .isTrue();
    assertThat(scene.http.post(Scene.MESSAGES, mark.formatted("wamid.X", "")).code())
        .isEqualTo(100);
    assertThat(
            scene
                .http
                .post(Scene.MESSAGES, mark.formatted(wamid, "").replace("read", "seen"))
                .code())
        .isEqualTo(100);
    assertThat(
            scene
                .http
                .post("/v25.0/" + Scene.OTHER_NUMBER + "/messages", mark.formatted(wamid, ""))
                .code())
        .isEqualTo(100);
  }
}
