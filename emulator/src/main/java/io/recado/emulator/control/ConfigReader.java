package io.recado.emulator.control;

import io.recado.emulator.account.Account;
import io.recado.emulator.account.PersonIds;
import io.recado.emulator.account.PhoneNumber;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads accounts from the JSON of a configuration: one at the top, or a list `accounts` of them.
final class ConfigReader {
  private static final Set<String> ACCOUNT =
      Set.of(
          "businessAccountId",
          "accessToken",
          "appSecret",
          "verifyToken",
          "callbackUrl",
          "phoneNumbers",
          "phoneNumberId",
          "templates");
  private static final Set<String> NUMBER =
      Set.of("phoneNumberId", "displayPhoneNumber", "verifiedName", "allowedRecipients");
  private static final String DISPLAY = "15550001111";
  private static final String NAME = "Emulated business";

  private ConfigReader() {}

  /// An account and the templates that it begins with.
  record Configured(Account account, List<ObjectNode> templates) {}

  static List<Configured> read(ObjectNode json) {
    if (!json.has("accounts")) {
      return List.of(readAccount(json));
    }
    ControlInput input = new ControlInput(json, "config").only(Set.of("accounts"));
    return input.objects("accounts").stream().map(ConfigReader::readAccount).toList();
  }

  private static Configured readAccount(ObjectNode json) {
    ControlInput input = new ControlInput(json, "config").only(ACCOUNT);
    String callbackUrl = input.findText("callbackUrl").orElse(null);
    if (callbackUrl != null && !callbackUrl.matches("https?://[^\\s/]+\\S*")) {
      throw new IllegalArgumentException("callbackUrl must be an http or https address.");
    }
    Account account =
        new Account(
            input.digits("businessAccountId"),
            token(input),
            input.text("appSecret"),
            callbackUrl == null
                ? input.findText("verifyToken").orElse("")
                : input.text("verifyToken"),
            callbackUrl,
            numbers(input));
    return new Configured(account, templates(input));
  }

  private static String token(ControlInput input) {
    String token = input.text("accessToken");
    if (token.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("accessToken must not have spaces.");
    }
    return token;
  }

  private static List<PhoneNumber> numbers(ControlInput input) {
    List<PhoneNumber> numbers = new ArrayList<>();
    if (input.has("phoneNumberId")) {
      numbers.add(new PhoneNumber(input.digits("phoneNumberId"), DISPLAY, NAME, Set.of()));
    }
    for (ObjectNode number : input.objects("phoneNumbers")) {
      numbers.add(readNumber(number));
    }
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException(
          "config needs \"phoneNumbers\", a list such as [{\"phoneNumberId\":"
              + " \"300100300100300\"}], or \"phoneNumberId\".");
    }
    return numbers;
  }

  private static PhoneNumber readNumber(ObjectNode json) {
    ControlInput input = new ControlInput(json, "a phone number").only(NUMBER);
    String display = input.findText("displayPhoneNumber").orElse(DISPLAY);
    if (display.replaceAll("\\D", "").length() < 5) {
      throw new IllegalArgumentException(
          "displayPhoneNumber must be a phone number with its country code.");
    }
    Set<String> allowed = new HashSet<>();
    for (JsonNode each : json.path("allowedRecipients")) {
      allowed.add(PersonIds.of(each.asString("").replaceAll("\\D", "")));
    }
    return new PhoneNumber(
        input.digits("phoneNumberId"),
        display,
        input.findText("verifiedName").orElse(NAME),
        allowed);
  }

  private static List<ObjectNode> templates(ControlInput input) {
    List<ObjectNode> templates = input.objects("templates");
    for (ObjectNode template : templates) {
      ControlInput each = new ControlInput(template, "a template");
      each.text("name");
      each.text("language");
      each.findText("category");
      each.findText("status");
      if (each.has("id")) {
        each.digits("id");
      }
      for (ObjectNode component : each.objects("components")) {
        ControlInput part = new ControlInput(component, "a component");
        part.text("type");
        part.objects("buttons");
        for (ObjectNode card : part.objects("cards")) {
          new ControlInput(card, "a card").objects("components");
        }
      }
    }
    return templates;
  }
}
