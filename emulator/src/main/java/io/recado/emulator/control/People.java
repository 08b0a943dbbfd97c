package io.recado.emulator.control;

import io.recado.emulator.account.Account;
import io.recado.emulator.account.Accounts;
import io.recado.emulator.account.PersonIds;
import io.recado.emulator.account.PhoneNumber;
import io.recado.emulator.graph.Json;
import io.recado.emulator.message.Inbound;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Lets a person write, from the JSON of a control path.
public final class People {
  private static final Set<String> FIELDS =
      Set.of("phoneNumberId", "from", "name", "message", "text");

  private final Accounts accounts;
  private final Inbound inbound;

  public People(Accounts accounts, Inbound inbound) {
    this.accounts = accounts;
    this.inbound = inbound;
  }

  /// Takes an inbound message in and returns its id.
  ///
  /// @throws IllegalArgumentException with a sentence when the JSON is wrong
  public String write(ObjectNode json) {
    ControlInput input = new ControlInput(json, "inbound").only(FIELDS);
    PhoneNumber number =
        accounts
            .findNumberOrFirst(input.findText("phoneNumberId").orElse(null))
            .orElseThrow(
                () -> new IllegalArgumentException("phoneNumberId names no configured number."));
    Account account = accounts.findByNumber(number.id()).orElseThrow();
    String from = input.text("from").replaceAll("[+ ()-]", "");
    if (!from.matches("[0-9]{5,15}")) {
      throw new IllegalArgumentException(
          "from must be a phone number of 5 to 15 digits with its country code.");
    }
    String name = input.findText("name").orElse("Person " + from.substring(from.length() - 4));
    return inbound.receive(account, number, PersonIds.of(from), name, message(input));
  }

  private static ObjectNode message(ControlInput input) {
    if (input.has("text") == input.has("message")) {
      throw new IllegalArgumentException("inbound needs either \"text\" or \"message\".");
    }
    if (input.has("text")) {
      ObjectNode message = Json.object().put("type", "text");
      message.putObject("text").put("body", input.text("text"));
      return message;
    }
    ObjectNode message = input.findObject("message").orElseThrow();
    if (!message.path("type").isString()) {
      throw new IllegalArgumentException(
          "message needs a \"type\", such as \"text\" or \"image\".");
    }
    for (String field : Set.of("id", "timestamp", "from")) {
      if (message.has(field) && !message.get(field).isString()) {
        throw new IllegalArgumentException("message." + field + " must be a string.");
      }
    }
    return message;
  }
}
