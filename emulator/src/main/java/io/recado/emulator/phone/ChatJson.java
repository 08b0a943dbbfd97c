package io.recado.emulator.phone;

import io.recado.emulator.account.Account;
import io.recado.emulator.account.Accounts;
import io.recado.emulator.account.PhoneNumber;
import io.recado.emulator.graph.Json;
import io.recado.emulator.phone.Chat.Bubble;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the page is told: numbers of businesses, people, and the messages of one chat.
final class ChatJson {
  private final Accounts accounts;
  private final Look look;

  ChatJson(Accounts accounts, Look look) {
    this.accounts = accounts;
    this.look = look;
  }

  /// @param numberId of the chosen chat, whose templates are looked up; empty for none
  ObjectNode write(Phones.View view, String numberId) {
    ObjectNode json = Json.object().put("version", view.version()).put("typing", view.isTyping());
    ArrayNode numbers = json.putArray("numbers");
    for (Account account : accounts.all()) {
      account.numbers().forEach(number -> write(numbers.addObject(), number));
    }
    ArrayNode people = json.putArray("people");
    for (Phones.Owner owner : view.owners()) {
      people
          .addObject()
          .put("phoneNumberId", owner.key().numberId())
          .put("phone", owner.key().person())
          .put("name", owner.name());
    }
    ArrayNode messages = json.putArray("messages");
    Account account = accounts.findByNumber(numberId).orElse(null);
    view.bubbles().forEach(bubble -> messages.add(write(bubble, account)));
    return json;
  }

  private static void write(ObjectNode json, PhoneNumber number) {
    json.put("id", number.id()).put("phone", number.digits()).put("name", number.verifiedName());
  }

  private ObjectNode write(Bubble bubble, @Nullable Account account) {
    ObjectNode json = look.of(bubble.message(), account);
    return json.put("wamid", bubble.wamid())
        .put("mine", bubble.isOurs())
        .put("seen", bubble.isSeen())
        .put("time", Instant.ofEpochMilli(bubble.millis()).toString())
        .put(
            "answers",
            bubble
                .message()
                .at("/context/message_id")
                .asString(bubble.message().at("/context/id").asString("")));
  }
}
