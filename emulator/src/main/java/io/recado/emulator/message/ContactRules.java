package io.recado.emulator.message;

import io.recado.emulator.graph.Params;
import java.util.List;
import java.util.Set;

/// Checks contact cards.
final class ContactRules {
  private static final Set<String> KEYS =
      Set.of("name", "phones", "emails", "addresses", "org", "urls", "birthday");
  private static final Set<String> NAME_PARTS =
      Set.of("first_name", "last_name", "middle_name", "suffix", "prefix");
  private static final int MAX = 1_000;

  private ContactRules() {}

  static void check(List<Params> contacts) {
    contacts.forEach(contact -> check(contact.only(KEYS).whatsApp()));
  }

  private static void check(Params contact) {
    Params name = contact.object("name");
    name.text("formatted_name", MAX);
    if (NAME_PARTS.stream().noneMatch(name::has)) {
      throw name.missing("first_name");
    }
    NAME_PARTS.forEach(part -> name.findText(part, MAX));
    for (Params phone : contact.findObjects("phones", 100)) {
      phone.only(Set.of("phone", "type", "wa_id")).findText("phone", MAX);
      phone.findText("wa_id", MAX);
    }
    for (Params email : contact.findObjects("emails", 100)) {
      email.only(Set.of("email", "type")).findText("email", MAX);
    }
    for (Params url : contact.findObjects("urls", 100)) {
      url.only(Set.of("url", "type")).findText("url", 2_048);
    }
    for (Params address : contact.findObjects("addresses", 100)) {
      address.only(Set.of("street", "city", "state", "zip", "country", "country_code", "type"));
    }
    contact.findObject("org").ifPresent(org -> org.only(Set.of("company", "department", "title")));
    if (contact
        .findText("birthday", MAX)
        .filter(day -> !day.matches("\\d{4}-\\d{2}-\\d{2}"))
        .isPresent()) {
      throw contact.invalid("birthday", "must have the form YYYY-MM-DD");
    }
  }
}
