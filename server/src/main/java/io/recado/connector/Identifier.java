package io.recado.connector;

/// One name of a person: a phone number, or a provider's own id.
///
/// @param scheme [#PHONE], [#VISITOR], [#USER], or a scheme of a connector, such as `wa_id`
/// @param value normalised by whoever makes it: phone numbers are E.164 with the plus sign
public record Identifier(String scheme, String value) {

  /// A phone number in E.164, such as `+573193210329`. Known to the core, as are the next two; all
  /// other schemes belong to connectors.
  public static final String PHONE = "phone";

  /// A browser that came to a page: 24 hex digits that we gave it.
  public static final String VISITOR = "visitor_id";

  /// A person who is signed in on the page, by the page owner's own id.
  public static final String USER = "user_id";

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
