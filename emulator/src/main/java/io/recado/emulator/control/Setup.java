package io.recado.emulator.control;

import io.recado.emulator.account.Account;
import io.recado.emulator.account.Accounts;
import io.recado.emulator.callback.Callbacks;
import io.recado.emulator.callback.Handshake;
import io.recado.emulator.callback.Subscriptions;
import io.recado.emulator.graph.Json;
import io.recado.emulator.template.Templates;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Sets accounts up and says which there are, without their secrets.
public final class Setup {
  private final Accounts accounts;
  private final Templates templates;
  private final Subscriptions subscriptions;
  private final Callbacks callbacks;

  public Setup(
      Accounts accounts, Templates templates, Subscriptions subscriptions, Callbacks callbacks) {
    this.accounts = accounts;
    this.templates = templates;
    this.subscriptions = subscriptions;
    this.callbacks = callbacks;
  }

  /// Adds the accounts of a configuration, or replaces those of the same id, then verifies their
  /// callback addresses.
  ///
  /// @return the accounts as set up; `verified` at the top is true when every address passed its
  ///   handshake
  /// @throws IllegalArgumentException with a sentence when the configuration is wrong; then nothing
  ///   of an account in it is changed, while accounts before it may be
  public ObjectNode configure(ObjectNode json) {
    List<ConfigReader.Configured> configured = ConfigReader.read(json);
    for (ConfigReader.Configured each : configured) {
      accounts.put(each.account());
      templates.install(each.account(), each.templates());
      subscriptions.subscribe(each.account().id());
      subscriptions.restore(each.account().id());
    }
    ObjectNode answer = Json.object().put("verified", true);
    ArrayNode list = Json.array();
    for (ConfigReader.Configured each : configured) {
      Handshake handshake = callbacks.verify(each.account());
      ObjectNode described = describe(each.account());
      described.put("verified", handshake.passed());
      if (!handshake.passed()) {
        described.put("problem", handshake.problem());
        answer.put("verified", false).put("problem", handshake.problem());
      }
      list.add(described);
    }
    answer.set("accounts", list);
    return answer;
  }

  ObjectNode describe() {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("accounts");
    accounts.all().forEach(account -> list.add(describe(account)));
    return answer;
  }

  private ObjectNode describe(Account account) {
    ObjectNode json = Json.object().put("businessAccountId", account.id());
    json.put("callbackUrl", account.callbackUrl());
    ArrayNode numbers = json.putArray("phoneNumbers");
    for (var number : account.numbers()) {
      numbers
          .addObject()
          .put("phoneNumberId", number.id())
          .put("displayPhoneNumber", number.displayPhoneNumber())
          .put("verifiedName", number.verifiedName());
    }
    ArrayNode names = json.putArray("templates");
    templates
        .all(account)
        .forEach(
            each ->
                names
                    .addObject()
                    .put("id", each.id())
                    .put("name", each.key().name())
                    .put("language", each.key().language())
                    .put("status", each.status()));
    return json;
  }
}
