package io.recado.emulator.testing;

import io.recado.emulator.Emulator;
import io.recado.emulator.EmulatorClock;
import io.recado.emulator.EmulatorOptions;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// An emulator with one account, a business that is called back, and a client with the account's
/// token.
public final class Scene implements AutoCloseable {
  public static final String ACCOUNT = "200100200100200";
  public static final String NUMBER = "300100300100300";
  public static final String OTHER_NUMBER = "300100300100301";
  public static final String TOKEN = "token-1";
  public static final String SECRET = "app-secret-1";
  public static final String PERSON = "573193210329";
  public static final String MESSAGES = "/v25.0/" + NUMBER + "/messages";

  private static final String CONFIG =
      """
      {"businessAccountId": "%s", "accessToken": "%s", "appSecret": "%s", "verifyToken": "verify-me",
       "callbackUrl": "%s",
       "phoneNumbers": [
         {"phoneNumberId": "%s", "displayPhoneNumber": "+1 555 000 1111", "verifiedName": "Café Uno"},
         {"phoneNumberId": "%s", "displayPhoneNumber": "15550002222", "verifiedName": "Dos"}],
       "templates": %s}
      """;

  public final EmulatorClock clock = new EmulatorClock();
  public final Emulator emulator;
  public final Business business = new Business();
  public final Http http;

  private Scene() {
    emulator = Emulator.start(EmulatorOptions.standard().withClock(clock).withSeed(7));
    http = new Http(emulator.url(), TOKEN);
  }

  /// Receipts follow each other within milliseconds.
  public static Scene open() {
    return open("[]");
  }

  public static Scene open(String templates) {
    Scene scene = new Scene();
    scene.emulator.configure(scene.config(templates));
    scene.emulator.behave("{\"receiptDelayMillis\": [10, 20]}");
    return scene;
  }

  public String config(String templates) {
    return CONFIG.formatted(
        ACCOUNT, TOKEN, SECRET, business.url(), NUMBER, OTHER_NUMBER, templates);
  }

  /// A person writes, which opens the window; the callback is taken.
  public String writes(String from) {
    String wamid = emulator.receiveInbound("{\"from\": \"" + from + "\", \"text\": \"hola\"}");
    business.items("messages", 1);
    return wamid;
  }

  /// A body that sends `content`, JSON fields such as `"type": "text", …`.
  public static String to(String person, String content) {
    return "{\"messaging_product\": \"whatsapp\", \"to\": \"" + person + "\", " + content + "}";
  }

  public static String text(String body) {
    return "\"type\": \"text\", \"text\": {\"body\": \"" + body + "\"}";
  }

  public Http.Answer send(String person, String content) {
    return http.post(MESSAGES, to(person, content));
  }

  /// The statuses of the next `count` receipts.
  public List<String> statuses(int count) {
    return business.statuses(count).stream().map(s -> s.path("status").asString()).toList();
  }

  public JsonNode messages() {
    return http.get("/_emulator/messages").json().path("messages");
  }

  @Override
  public void close() {
    emulator.close();
    business.close();
  }
}
