package io.recado.emulator.account;

import java.util.Set;

/// A business's number. `allowedRecipients` holds the only numbers that a test number may write to;
/// empty: anybody.
public record PhoneNumber(
    String id, String displayPhoneNumber, String verifiedName, Set<String> allowedRecipients) {
  public PhoneNumber {
    allowedRecipients = Set.copyOf(allowedRecipients);
  }

  /// The number's digits, as people's phones know it.
  public String digits() {
    return PersonIds.digits(displayPhoneNumber);
  }
}
