package io.recado.emulator.callback;

import io.recado.emulator.account.PhoneNumber;
import io.recado.emulator.graph.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Builds one callback from many updates: an entry per account, a change per number and kind.
final class CallbackBody {
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /// The bytes to sign and send.
  static byte[] of(List<Update> updates) {
    CallbackBody body = new CallbackBody();
    for (Update update : updates) {
      body.entries.computeIfAbsent(update.account().id(), _ -> new Entry()).add(update);
    }
    return Json.escapedBytes(body::write);
  }

  private void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("object", "whatsapp_business_account");
    out.writeArrayPropertyStart("entry");
    entries.forEach((accountId, entry) -> entry.write(out, accountId));
    out.writeEndArray();
    out.writeEndObject();
  }

  private record Place(String numberId, Update.List list) {}

  /// What one account is told.
  private static final class Entry {
    private final Map<Place, OnNumber> onNumbers = new LinkedHashMap<>();
    private final List<Update.OnAccount> onAccount = new ArrayList<>();

    void add(Update update) {
      switch (update) {
        case Update.OnNumber one ->
            onNumbers
                .computeIfAbsent(
                    new Place(one.number().id(), one.list()),
                    place -> new OnNumber(one.number(), place.list))
                .add(one);
        case Update.OnAccount one -> onAccount.add(one);
      }
    }

    void write(JsonGenerator out, String accountId) {
      out.writeStartObject();
      out.writeStringProperty("id", accountId);
      out.writeArrayPropertyStart("changes");
      onNumbers.values().forEach(change -> change.write(out));
      for (Update.OnAccount change : onAccount) {
        out.writeStartObject();
        out.writeName("value").writeTree(change.value());
        out.writeStringProperty("field", change.field());
        out.writeEndObject();
      }
      out.writeEndArray();
      if (!onAccount.isEmpty()) {
        out.writeNumberProperty("time", onAccount.getLast().seconds());
      }
      out.writeEndObject();
    }
  }

  /// What happened on one number, of one kind; each person is named once.
  private static final class OnNumber {
    private final PhoneNumber number;
    private final Update.List list;
    private final Map<String, Update.Contact> contacts = new LinkedHashMap<>();
    private final List<Update.Item> items = new ArrayList<>();

    OnNumber(PhoneNumber number, Update.List list) {
      this.number = number;
      this.list = list;
    }

    void add(Update.OnNumber update) {
      Update.@Nullable Contact contact = update.contact();
      if (contact != null) {
        contacts.putIfAbsent(contact.phone(), contact);
      }
      items.add(update.item());
    }

    void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeObjectPropertyStart("value");
      out.writeStringProperty("messaging_product", "whatsapp");
      out.writeObjectPropertyStart("metadata");
      out.writeStringProperty("display_phone_number", number.digits());
      out.writeStringProperty("phone_number_id", number.id());
      out.writeEndObject();
      if (!contacts.isEmpty()) {
        out.writeArrayPropertyStart("contacts");
        contacts.values().forEach(contact -> write(out, contact));
        out.writeEndArray();
      }
      out.writeArrayPropertyStart(list.key);
      items.forEach(item -> item.writeTo(out));
      out.writeEndArray();
      out.writeEndObject();
      out.writeStringProperty("field", "messages");
      out.writeEndObject();
    }

    private static void write(JsonGenerator out, Update.Contact contact) {
      out.writeStartObject();
      if (contact.name() != null) {
        out.writeObjectPropertyStart("profile");
        out.writeStringProperty("name", contact.name());
        out.writeEndObject();
      }
      out.writeStringProperty("wa_id", contact.phone());
      out.writeStringProperty("user_id", contact.userId());
      out.writeEndObject();
    }
  }
}
