package io.recado.template;

import io.recado.http.request.Fields;

/// What a value inside a template's text may be. Providers refuse everything else only when it is
/// sent (WhatsApp: 132012, 132018).
final class TextValue {

  /// In UTF-16 units.
  static final int MAX = 1_024;

  private static final String FIVE_SPACES = " ".repeat(5);

  private TextValue() {}

  /// Whether the value may be sent; otherwise the fault is noted.
  static boolean isUsable(Fields fields, String at, String value) {
    if (value.isBlank()) {
      fields.violate(at, "REQUIRED", "Must not be empty.");
    } else if (value.length() > MAX) {
      fields.violate(at, "TOO_LONG", "At most " + MAX + " characters; got " + value.length() + ".");
    } else if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == '\t')) {
      fields.violate(
          at, "INVALID_VALUE", "The provider accepts no line breaks or tabs here; leave them out.");
    } else if (value.contains(FIVE_SPACES)) {
      fields.violate(
          at, "INVALID_VALUE", "The provider accepts at most 4 spaces in a row; leave some out.");
    } else {
      return true;
    }
    return false;
  }
}
