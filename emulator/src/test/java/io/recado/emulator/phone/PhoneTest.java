package io.recado.emulator.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.emulator.testing.Http;
import io.recado.emulator.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhoneTest {

  private static final String TEMPLATES =
      """
      [{"name": "order", "language": "es", "category": "UTILITY", "parameter_format": "NAMED",
        "components": [
          {"type": "HEADER", "format": "TEXT", "text": "Pedido"},
          {"type": "BODY", "text": "Tu pedido {{order_number}} está {{status}}."},
          {"type": "FOOTER", "text": "GoEvery"},
          {"type": "BUTTONS", "buttons": [
            {"type": "QUICK_REPLY", "text": "Ver pedido"},
            {"type": "URL", "text": "Web", "url": "https://example.com"}]}]},
       {"name": "hello", "language": "en", "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Hello {{1}}, it costs {{2}}."}]}]\
      """;

  private Scene scene;
  private int people;

  @BeforeAll
  void open() {
    scene = Scene.open(TEMPLATES);
  }

  @AfterAll
  void close() {
    scene.close();
  }

  @Test
  void whatTheBusinessSendsIsOnThePhoneOnceItIsDelivered() {
    String person = somebody();
    scene.writes(person);
    scene.clock.advance(Duration.ofSeconds(1));
    long before = view(person, 0).path("version").asLong();

    String wamid = sent(person, Scene.text("¿Todo bien?"));
    scene.statuses(2);

    JsonNode message = message(person, wamid);
    assertThat(message.path("text").asString()).isEqualTo("¿Todo bien?");
    assertThat(message.path("mine").asBoolean()).isFalse();
    assertThat(view(person, 0).path("version").asLong()).isGreaterThan(before);
  }

  @Test
  void whatCannotBeDeliveredIsNeverOnThePhone() {
    String person = "573190010003";
    scene.writes(person);

    sent(person, Scene.text("hola"));
    scene.statuses(1);

    assertThat(messages(person)).extracting(m -> m.path("mine").asBoolean()).containsExactly(true);
  }

  @Test
  void whatThePersonWritesIsSeenWhenTheBusinessHasReadIt() {
    String person = somebody();
    String wamid = scene.writes(person);
    assertThat(message(person, wamid).path("seen").asBoolean()).isFalse();

    scene.http.post(Scene.MESSAGES, read(wamid, ""));

    assertThat(message(person, wamid).path("seen").asBoolean()).isTrue();
    assertThat(message(person, wamid).path("text").asString()).isEqualTo("hola");
  }

  @Test
  void theBusinessTypesUntilItsMessageIsThere() {
    String person = somebody();
    String wamid = scene.writes(person);

    scene.http.post(Scene.MESSAGES, read(wamid, ", \"typing_indicator\": {\"type\": \"text\"}"));
    assertThat(view(person, 0).path("typing").asBoolean()).isTrue();

    sent(person, Scene.text("Ya"));
    scene.statuses(2);
    assertThat(view(person, 0).path("typing").asBoolean()).isFalse();
  }

  @Test
  void aTemplateIsShownAsItReadsOnAPhone() {
    String person = somebody();
    String wamid =
        sent(
            person,
            """
            "type": "template", "template": {"name": "order", "language": {"code": "es"},
             "components": [{"type": "body", "parameters": [
               {"type": "text", "parameter_name": "order_number", "text": "4012 $1"},
               {"type": "text", "parameter_name": "status", "text": "en camino"}]}]}\
            """);
    scene.statuses(2);

    JsonNode message = message(person, wamid);
    assertThat(message.path("header").asString()).isEqualTo("Pedido");
    assertThat(message.path("text").asString()).isEqualTo("Tu pedido 4012 $1 está en camino.");
    assertThat(message.path("footer").asString()).isEqualTo("GoEvery");
    assertThat(message.path("buttons").toString())
        .isEqualTo(
            "[{\"kind\":\"button\",\"id\":\"Ver pedido\",\"title\":\"Ver pedido\"},"
                + "{\"kind\":\"other\",\"id\":\"Web\",\"title\":\"Web\"}]");
  }

  @Test
  void theValuesOfAPositionalTemplateGoByTheirPlaces() {
    String person = somebody();
    String wamid =
        sent(
            person,
            """
            "type": "template", "template": {"name": "hello", "language": {"code": "en"},
             "components": [{"type": "body", "parameters": [
               {"type": "text", "text": "Ana"}, {"type": "text", "text": "5 €"}]}]}\
            """);
    scene.statuses(2);

    assertThat(message(person, wamid).path("text").asString())
        .isEqualTo("Hello Ana, it costs 5 €.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"type\": \"button\", \"button\": {\"text\": \"Ver\"}} ; Ver",
        "{\"type\": \"interactive\", \"interactive\": {\"type\": \"list_reply\","
            + " \"list_reply\": {\"id\": \"1\", \"title\": \"Uno\"}}} ; Uno",
        "{\"type\": \"image\", \"image\": {\"id\": \"7\", \"caption\": \"mira\"}} ; mira",
        "{\"type\": \"document\", \"document\": {\"filename\": \"a.pdf\"}} ; a.pdf",
        "{\"type\": \"location\", \"location\": {\"name\": \"Plaza\"}} ; Plaza",
        "{\"type\": \"contacts\", \"contacts\": [{\"name\": {\"formatted_name\": \"Bo\"}}]} ; Bo",
        "{\"type\": \"reaction\", \"reaction\": {\"emoji\": \"❤\", \"message_id\": \"x\"}} ; ❤",
      })
  void whatIsMoreThanTextIsShownByItsWords(String content, String text) {
    String person = somebody();
    scene.emulator.receiveInbound("{\"from\": \"%s\", \"message\": %s}".formatted(person, content));
    scene.business.items("messages", 1);

    assertThat(messages(person)).extracting(m -> m.path("text").asString()).containsExactly(text);
  }

  @Test
  void choicesOfTheBusinessCanBeAnswered() {
    String person = somebody();
    scene.writes(person);
    String wamid =
        sent(
            person,
            """
            "type": "interactive", "interactive": {"type": "button", "body": {"text": "¿Sí o no?"},
             "action": {"buttons": [{"type": "reply", "reply": {"id": "y", "title": "Sí"}}]}}\
            """);
    scene.statuses(2);

    JsonNode message = message(person, wamid);
    assertThat(message.path("text").asString()).isEqualTo("¿Sí o no?");
    assertThat(message.path("buttons").toString())
        .isEqualTo("[{\"kind\":\"button_reply\",\"id\":\"y\",\"title\":\"Sí\"}]");
  }

  @Test
  void peopleAndBusinessesAreListedTheBusiestFirst() {
    String first = somebody();
    String second = somebody();
    scene.writes(first);
    scene.writes(second);
    scene.writes(first);

    JsonNode view = view("", 0);
    assertThat(view.at("/numbers/0/name").asString()).isEqualTo("Café Uno");
    assertThat(view.at("/numbers/0/phone").asString()).isEqualTo("15550001111");
    assertThat(view.at("/people/0/phone").asString()).isEqualTo(first);
    assertThat(view.at("/people/1/phone").asString()).isEqualTo(second);
    assertThat(view.at("/people/0/name").asString()).startsWith("Person ");
  }

  @Test
  void thePageIsAnsweredAsSoonAsSomethingHappens() throws Exception {
    String person = somebody();
    long seen = view(person, 0).path("version").asLong();
    var next = CompletableFuture.supplyAsync(() -> viewWithMessages(person, seen));

    scene.writes(person);

    assertThat(next.get(10, TimeUnit.SECONDS).path("messages").size()).isEqualTo(1);
  }

  /// Asks as the page does: anything that happens to anybody is an answer, too.
  private JsonNode viewWithMessages(String person, long seen) {
    JsonNode view = view(person, seen);
    while (view.path("messages").isEmpty()) {
      view = view(person, view.path("version").asLong());
    }
    return view;
  }

  @Test
  void thePageIsServedUnderAStrictPolicy() {
    for (String file : List.of("/phone", "/phone/phone.js", "/phone/phone.css")) {
      Http.Answer answer = scene.http.get(file);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /phone/none, 404",
    "GET, /phone/chats/1, 404",
    "POST, /phone/chats, 405",
    "GET, /phone/chats?after=x, 400",
  })
  void whatThePageDoesNotAskForIsRefused(String method, String path, int status) {
    assertThat(scene.http.call(method, path, null).status()).isEqualTo(status);
  }

  private String somebody() {
    return "5731920%05d".formatted(50_000 + ++people);
  }

  private String sent(String person, String content) {
    return scene.send(person, content).json().at("/messages/0/id").asString();
  }

  private static String read(String wamid, String more) {
    return "{\"messaging_product\": \"whatsapp\", \"status\": \"read\", \"message_id\": \"%s\"%s}"
        .formatted(wamid, more);
  }

  private JsonNode view(String person, long seen) {
    return scene
        .http
        .get("/phone/chats?number=" + Scene.NUMBER + "&person=" + person + "&after=" + seen)
        .json();
  }

  private List<JsonNode> messages(String person) {
    return StreamSupport.stream(view(person, 0).path("messages").spliterator(), false).toList();
  }

  /// The message as the phone shows it, as soon as it does: the tests share one emulator, so the
  /// statuses that came may be those of another test.
  private JsonNode message(String person, String wamid) {
    long seen = 0;
    for (int looks = 0; looks < 20; looks++) {
      JsonNode view = view(person, seen);
      for (JsonNode message : view.path("messages")) {
        if (message.path("wamid").asString().equals(wamid)) {
          return message;
        }
      }
      seen = view.path("version").asLong();
    }
    throw new AssertionError("the phone does not show " + wamid);
  }
}
