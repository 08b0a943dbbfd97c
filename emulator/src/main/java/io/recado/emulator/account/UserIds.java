package io.recado.emulator.account;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Business-scoped user ids: stable per person and account, such as `CO.20415099318877123456`.
///
/// Computed from the phone number by a mapping that can be undone, so that nothing needs to be
/// remembered.
public final class UserIds {
  private static final Pattern FORM = Pattern.compile("[A-Z]{2}\\.[0-9]{20}");
  private static final int DIGITS = 20;
  private static final BigInteger MODULUS = BigInteger.TEN.pow(DIGITS);
  private static final BigInteger FACTOR = new BigInteger("48271690350199357731");
  private static final BigInteger INVERSE = FACTOR.modInverse(MODULUS);

  /// Calling codes of some countries; others get `ZZ`, which ISO leaves to users.
  private static final Map<String, String> COUNTRIES =
      Map.ofEntries(
          Map.entry("1", "US"),
          Map.entry("7", "RU"),
          Map.entry("31", "NL"),
          Map.entry("33", "FR"),
          Map.entry("34", "ES"),
          Map.entry("39", "IT"),
          Map.entry("44", "GB"),
          Map.entry("49", "DE"),
          Map.entry("51", "PE"),
          Map.entry("52", "MX"),
          Map.entry("54", "AR"),
          Map.entry("55", "BR"),
          Map.entry("56", "CL"),
          Map.entry("57", "CO"),
          Map.entry("58", "VE"),
          Map.entry("62", "ID"),
          Map.entry("81", "JP"),
          Map.entry("91", "IN"));

  private UserIds() {}

  public static String of(Account account, String phone) {
    BigInteger mixed = new BigInteger(phone).add(salt(account)).multiply(FACTOR).mod(MODULUS);
    String digits = mixed.toString();
    return country(phone) + "." + "0".repeat(DIGITS - digits.length()) + digits;
  }

  /// The phone number behind an id; empty when no person of this account has it.
  public static Optional<String> findPhone(Account account, String userId) {
    if (!FORM.matcher(userId).matches()) {
      return Optional.empty();
    }
    BigInteger mixed = new BigInteger(userId.substring(3));
    String phone = mixed.multiply(INVERSE).subtract(salt(account)).mod(MODULUS).toString();
    boolean known = phone.length() <= 15 && of(account, phone).equals(userId);
    return known ? Optional.of(phone) : Optional.empty();
  }

  private static BigInteger salt(Account account) {
    return BigInteger.valueOf(account.id().hashCode() & 0xffff_ffffL);
  }

  private static String country(String phone) {
    for (int length = 1; length <= 2 && length <= phone.length(); length++) {
      String country = COUNTRIES.get(phone.substring(0, length));
      if (country != null) {
        return country;
      }
    }
    return "ZZ";
  }
}
