package io.recado.emulator.message;

import io.recado.emulator.account.Account;
import io.recado.emulator.account.PhoneNumber;
import org.jspecify.annotations.Nullable;

/// A send whose common fields are in order. `version` is the major one of the path.
record SendRequest(
    Account account,
    PhoneNumber number,
    int version,
    Recipient to,
    String type,
    @Nullable String callbackData) {
  boolean isTemplate() {
    return type.equals("template");
  }
}
