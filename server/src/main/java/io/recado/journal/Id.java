package io.recado.journal;

import java.util.HexFormat;

/// A resource's id: 12 bytes, on the wire 24 lower-case hex digits (the form of an ObjectId).
///
/// Ids rise with time to the second, which keeps their index small; they are unique without
/// coordination, never secret, and never trusted for order.
///
/// @param high seconds since 1970 and four random bytes of the node
/// @param low a counter and a random byte
public record Id(long high, int low) implements Comparable<Id> {

  /// Bytes in the database.
  public static final int BYTES = 12;

  private static final HexFormat HEX = HexFormat.of();

  /// Whether `text` has the form of an id.
  public static boolean isId(String text) {
    if (text.length() != 2 * BYTES) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /// Reads the 24 hex digits.
  ///
  /// @throws IllegalArgumentException when it has another form; ask [#isId] first
  public static Id parse(String text) {
    if (!isId(text)) {
      throw new IllegalArgumentException("an id has 24 lower-case hex digits");
    }
    return new Id(
        HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigits(text, 16, 24));
  }

  /// Reads the 12 bytes of the database.
  public static Id of(byte[] bytes) {
    long high = 0;
    for (int i = 0; i < 8; i++) {
      high = high << 8 | bytes[i] & 0xff;
    }
    int low = 0;
    for (int i = 8; i < BYTES; i++) {
      low = low << 8 | bytes[i] & 0xff;
    }
    return new Id(high, low);
  }

  /// The 12 bytes for the database; their order is the ids' order.
  public byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (high >>> 56 - 8 * i);
    }
    for (int i = 8; i < BYTES; i++) {
      bytes[i] = (byte) (low >>> 88 - 8 * i);
    }
    return bytes;
  }

  @Override
  public int compareTo(Id other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Integer.compareUnsigned(low, other.low);
  }

  /// The 24 hex digits.
  @Override
  public String toString() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }
}
