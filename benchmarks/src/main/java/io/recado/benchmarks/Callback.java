package io.recado.benchmarks;

import io.recado.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/// What WhatsApp sends when people have written.
final class Callback {

  private static final long FIRST_PHONE = 573_190_000_000L;

  private Callback() {}

  /// One text from each of some people, numbered.
  static JsonObject of(String phoneNumberId, int from, int to) {
    JsonObject value =
        JsonObject.builder()
            .with("messaging_product", "whatsapp")
            .with(
                "metadata",
                JsonObject.builder()
                    .with("display_phone_number", "15550001111")
                    .with("phone_number_id", phoneNumberId)
                    .build())
            .with("contacts", IntStream.range(from, to).mapToObj(Callback::contact).toList())
            .with("messages", IntStream.range(from, to).mapToObj(Callback::message).toList())
            .build();
    JsonObject change = JsonObject.builder().with("field", "messages").with("value", value).build();
    JsonObject entry =
        JsonObject.builder().with("id", "200100200100200").with("changes", List.of(change)).build();
    return JsonObject.builder()
        .with("object", "whatsapp_business_account")
        .with("entry", List.of(entry))
        .build();
  }

  private static JsonObject contact(int person) {
    return JsonObject.builder()
        .with("profile", JsonObject.builder().with("name", "Person " + person).build())
        .with("wa_id", phone(person))
        .build();
  }

  private static JsonObject message(int person) {
    return JsonObject.builder()
        .with("from", phone(person))
        .with("id", "wamid.benchmark" + person)
        .with("timestamp", Long.toString(System.currentTimeMillis() / 1000))
        .with("type", "text")
        .with("text", JsonObject.builder().with("body", "Hola").build())
        .build();
  }

  private static String phone(int person) {
    return Long.toString(FIRST_PHONE + person);
  }
}
