package io.recado;

import io.recado.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/// What stands ready in the sandbox: one WhatsApp account, its channel, its templates, and a web
/// chat.
final class SandboxFurniture {

  private static final String PHONE_NUMBER_ID = "300100300100300";
  private static final String BUSINESS_ACCOUNT_ID = "200100200100200";
  private static final String ACCESS_TOKEN = "sandbox-access-token";
  private static final String APP_SECRET = "sandbox-app-secret";
  private static final String VERIFY_TOKEN = "sandbox-verify-token";

  private SandboxFurniture() {}

  /// The channel, as a caller of the API would make it.
  static JsonObject channel() {
    return JsonObject.builder()
        .with("type", "WHATSAPP")
        .with("displayName", "Sandbox")
        .with("defaultLanguage", "es")
        .with(
            "whatsapp",
            JsonObject.builder()
                .with("phoneNumberId", PHONE_NUMBER_ID)
                .with("businessAccountId", BUSINESS_ACCOUNT_ID)
                .with("accessToken", ACCESS_TOKEN)
                .with("appSecret", APP_SECRET)
                .with("verifyToken", VERIFY_TOKEN)
                .build())
        .build();
  }

  /// The web chat's channel, as a caller of the API would make it.
  static JsonObject chat(String address) {
    return JsonObject.builder()
        .with("type", "WEBCHAT")
        .with("displayName", "Aurora Coffee")
        .withAll(origins(address))
        .build();
  }

  /// The demo shop's pages, by both names that a machine has for itself.
  static JsonObject origins(String address) {
    List<String> names =
        Stream.of(address, address.replace("127.0.0.1", "localhost")).distinct().toList();
    return JsonObject.builder()
        .with("webchat", JsonObject.builder().with("allowedOrigins", names).build())
        .build();
  }

  /// The account at the emulator.
  static JsonObject account(String callbackUrl) {
    return JsonObject.builder()
        .with("businessAccountId", BUSINESS_ACCOUNT_ID)
        .with("accessToken", ACCESS_TOKEN)
        .with("appSecret", APP_SECRET)
        .with("verifyToken", VERIFY_TOKEN)
        .with("callbackUrl", callbackUrl)
        .with(
            "phoneNumbers",
            List.of(
                JsonObject.builder()
                    .with("phoneNumberId", PHONE_NUMBER_ID)
                    .with("displayPhoneNumber", "15550001111")
                    .with("verifiedName", "Recado Sandbox")
                    .build()))
        .with("templates", List.of(orderStatusUpdate(), orderConfirmed(), helloWorld()))
        .build();
  }

  /// A message that will fail, so that there is a failure to look at.
  static JsonObject doomed(String to) {
    return JsonObject.builder()
        .with("to", to)
        .with("displayName", "Nobody")
        .with(
            "template",
            JsonObject.builder().with("name", "hello_world").with("language", "en_US").build())
        .build();
  }

  private static JsonObject orderStatusUpdate() {
    JsonObject example =
        JsonObject.builder()
            .with(
                "body_text_named_params",
                List.of(example("order_number", "4012"), example("status", "en camino")))
            .build();
    return JsonObject.builder()
        .with("name", "order_status_update")
        .with("language", "es")
        .with("category", "UTILITY")
        .with("status", "APPROVED")
        .with("parameter_format", "NAMED")
        .with(
            "components",
            List.of(
                body("Tu pedido {{order_number}} está {{status}}.", example),
                text("FOOTER", "GoEvery"),
                JsonObject.builder()
                    .with("type", "BUTTONS")
                    .with("buttons", List.of(text("QUICK_REPLY", "Ver pedido")))
                    .build()))
        .build();
  }

  private static JsonObject orderConfirmed() {
    JsonObject example =
        JsonObject.builder().with("body_text", List.of(List.of("Valentina", "4012"))).build();
    return JsonObject.builder()
        .with("name", "order_confirmed")
        .with("language", "en")
        .with("category", "UTILITY")
        .with("status", "APPROVED")
        .with("parameter_format", "POSITIONAL")
        .with(
            "components",
            List.of(body("Hello {{1}}, your order {{2}} has been confirmed.", example)))
        .build();
  }

  private static JsonObject helloWorld() {
    return JsonObject.builder()
        .with("name", "hello_world")
        .with("language", "en_US")
        .with("category", "UTILITY")
        .with("status", "APPROVED")
        .with(
            "components",
            List.of(text("BODY", "Welcome! This message was sent to say hello, world.")))
        .build();
  }

  private static JsonObject body(String text, JsonObject example) {
    return JsonObject.builder()
        .with("type", "BODY")
        .with("text", text)
        .with("example", example)
        .build();
  }

  private static JsonObject text(String type, String text) {
    return JsonObject.builder().with("type", type).with("text", text).build();
  }

  private static JsonObject example(String name, String value) {
    return JsonObject.builder().with("param_name", name).with("example", value).build();
  }
}
