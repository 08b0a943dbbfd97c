package io.recado.emulator.callback;

import io.recado.emulator.account.Account;
import io.recado.emulator.account.PhoneNumber;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/// One thing to tell a business.
public sealed interface Update {
  Account account();

  /// A status or an inbound message on a number; `contact` says whom it is about, and may be
  /// missing.
  record OnNumber(
      Account account, PhoneNumber number, List list, Item item, @Nullable Contact contact)
      implements Update {}

  /// What stands in the list: an object that is written when its callback is, so that what waits is
  /// small.
  @FunctionalInterface
  interface Item {
    void writeTo(JsonGenerator out);
  }

  /// A person; `name` is null when the update does not tell it.
  record Contact(String phone, String userId, @Nullable String name) {}

  /// Something about the account itself, such as a template's new status.
  record OnAccount(Account account, String field, ObjectNode value, long seconds)
      implements Update {}

  /// The array of a value that an item stands in.
  enum List {
    MESSAGES("messages"),
    STATUSES("statuses");

    final String key;

    List(String key) {
      this.key = key;
    }
  }
}
