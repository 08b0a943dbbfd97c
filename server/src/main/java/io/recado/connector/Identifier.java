package io.recado.connector;

/// One name of a person: a phone number, or a provider's own id.
///
/// @param scheme [#PHONE], or a scheme of a connector, such as `wa_id`
/// @param value normalised by whoever makes it: phone numbers are E.164 with the plus sign
public record Identifier(String scheme, String value) {

  /// A phone number in E.164, such as `+573193210329`. Known to the core; all other schemes belong
  /// to connectors.
  public static final String PHONE = "phone";

  /// A phone number in E.164.
  public static Identifier phone(String e164) {
    return new Identifier(PHONE, e164);
  }

  /// The scheme only: an identifier is personal data and is never printed.
  @Override
  public String toString() {
    return "Identifier[" + scheme + "]";
  }
}
