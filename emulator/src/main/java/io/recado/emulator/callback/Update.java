package io.recado.emulator.callback;

import io.recado.emulator.account.Account;
import io.recado.emulator.account.PhoneNumber;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One thing to tell a business.
public sealed interface Update {
  Account account();

  /// A status or an inbound message on a number; `contact` says whom it is about, and may be
  /// missing.
  record OnNumber(
      Account account, PhoneNumber number, List list, ObjectNode item, @Nullable ObjectNode contact)
      implements Update {}

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
