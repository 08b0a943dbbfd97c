package io.recado.emulator.callback;

import io.recado.emulator.graph.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Builds one callback from many updates: an entry per account, a change per number and kind.
final class CallbackBody {
  private final Map<String, ObjectNode> entries = new LinkedHashMap<>();
  private final Map<Place, ObjectNode> values = new HashMap<>();

  private record Place(String accountId, String numberId, Update.List list) {}

  /// The bytes to sign and send.
  static byte[] of(List<Update> updates) {
    CallbackBody body = new CallbackBody();
    for (Update update : updates) {
      switch (update) {
        case Update.OnNumber onNumber -> body.add(onNumber);
        case Update.OnAccount onAccount -> body.add(onAccount);
      }
    }
    ObjectNode root = Json.object().put("object", "whatsapp_business_account");
    body.entries.values().forEach(root.putArray("entry")::add);
    return Json.escapedBytes(root);
  }

  private void add(Update.OnNumber update) {
    Place place = new Place(update.account().id(), update.number().id(), update.list());
    ObjectNode value = values.computeIfAbsent(place, _ -> newValue(update));
    ObjectNode contact = update.contact();
    if (contact != null) {
      addContact(value, contact);
    }
    value.withArray("/" + update.list().key).add(update.item());
  }

  private ObjectNode newValue(Update.OnNumber update) {
    ObjectNode value = addChange(update.account().id(), "messages");
    value.put("messaging_product", "whatsapp");
    value
        .putObject("metadata")
        .put("display_phone_number", update.number().digits())
        .put("phone_number_id", update.number().id());
    return value;
  }

  private static void addContact(ObjectNode value, ObjectNode contact) {
    ArrayNode contacts = value.withArray("/contacts");
    for (var known : contacts) {
      if (known.path("wa_id").equals(contact.path("wa_id"))) {
        return;
      }
    }
    contacts.add(contact);
  }

  private void add(Update.OnAccount update) {
    ObjectNode value = addChange(update.account().id(), update.field());
    value.setAll(update.value());
    entries.get(update.account().id()).put("time", update.seconds());
  }

  private ObjectNode addChange(String accountId, String field) {
    ObjectNode entry = entries.computeIfAbsent(accountId, id -> Json.object().put("id", id));
    ObjectNode change = entry.withArray("/changes").addObject();
    ObjectNode value = change.putObject("value");
    change.put("field", field);
    return value;
  }
}
