package io.recado.emulator.account;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The id by which WhatsApp knows a phone number: its digits, but not always those that were
/// dialled.
///
/// In Brazil, outside the area codes that begin with 1 and 2, an account keeps the number that it
/// had before mobile numbers got a ninth digit.
public final class PersonIds {
  private static final Pattern BRAZILIAN = Pattern.compile("55([3-9][0-9])9([0-9]{8})");

  private PersonIds() {}

  /// The digits from 0 to 9 of a phone number, however else it is written.
  public static String digits(String number) {
    StringBuilder digits = new StringBuilder(number.length());
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      }
    }
    return digits.toString();
  }

  /// @param digits of a phone number with its country code
  public static String of(String digits) {
    if (!digits.startsWith("55")) {
      return digits;
    }
    Matcher brazilian = BRAZILIAN.matcher(digits);
    return brazilian.matches() ? "55" + brazilian.group(1) + brazilian.group(2) : digits;
  }
}
