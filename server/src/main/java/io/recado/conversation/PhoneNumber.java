package io.recado.conversation;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import io.recado.http.request.Fields;
import java.util.Optional;

/// Phone numbers in E.164: a plus sign and at most 15 digits.
public final class PhoneNumber {

  private PhoneNumber() {}

  /// Reads a field that holds a phone number; spaces, dashes and brackets are taken out.
  ///
  /// Refuses what is not possible, not what is merely not valid: numbering plans change faster than
  /// the library does. Source: its FALSEHOODS page.
  public static Optional<String> read(Fields fields, String name) {
    Optional<String> text = fields.text(name, 1, 40);
    Optional<String> number = text.flatMap(PhoneNumber::normalise);
    if (text.isPresent() && number.isEmpty()) {
      fields.violate(
          name,
          "INVALID_VALUE",
          "A phone number has a plus sign, the country code and the number, such as"
              + " +573193210329.");
    }
    return number;
  }

  /// Mobile numbers of Mexico had a 1 after the country code until 2019; WhatsApp names people by
  /// it to this day.
  private static boolean isOldMexicanMobile(Phonenumber.PhoneNumber number) {
    String national = Long.toString(number.getNationalNumber());
    return number.getCountryCode() == 52 && national.length() == 11 && national.startsWith("1");
  }

  /// The number in E.164; empty when it cannot be one.
  public static Optional<String> normalise(String text) {
    if (!text.strip().startsWith("+")) {
      return Optional.empty();
    }
    PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    try {
      var number = library.parse(text, null);
      return library.isPossibleNumber(number) || isOldMexicanMobile(number)
          ? Optional.of(library.format(number, PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException _) {
      return Optional.empty();
    }
  }
}
