package io.recado.http.request;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Times as callers write them. Source of the form: RFC 3339, which knows the years 0 to 9999; the
/// JDK knows others, which no milliseconds hold.
public final class Rfc3339 {

  private Rfc3339() {}

  /// The time that a text stands for, with any offset; empty when it stands for none.
  public static Optional<Instant> read(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      boolean ofFourDigits =
          isOfFourDigits(time) && isOfFourDigits(time.withOffsetSameInstant(ZoneOffset.UTC));
      return ofFourDigits ? Optional.of(time.toInstant()) : Optional.empty();
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static boolean isOfFourDigits(OffsetDateTime time) {
    return time.getYear() >= 0 && time.getYear() <= 9_999;
  }
}
