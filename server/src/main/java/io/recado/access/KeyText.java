package io.recado.access;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/// An API key as its holder has it. Shown once, stored nowhere, never printed.
///
/// Ours are `rcd_`, 32 letters and digits of chance, and 6 that are the CRC-32 of those, by which
/// secret scanners know them: `\brcd_[0-9A-Za-z]{38}\b`. An operator's own admin key is any string
/// of 20 to 256 visible characters.
public final class KeyText {

  /// The shortest key of an operator's own.
  public static final int MIN_LENGTH = 20;

  /// The longest.
  public static final int MAX_LENGTH = 256;

  private static final String PREFIX = "rcd_";
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int BODY = 32;
  private static final int CHECKSUM = 6;
  private static final int LENGTH = PREFIX.length() + BODY + CHECKSUM;

  private final String text;

  private KeyText(String text) {
    this.text = text;
  }

  /// A new key.
  ///
  /// @param random cryptographically strong
  public static KeyText make(RandomGenerator random) {
    var body = new StringBuilder(BODY);
    for (int i = 0; i < BODY; i++) {
      body.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return new KeyText(PREFIX + body + checksum(body.toString()));
  }

  /// A key that somebody chose or was given.
  ///
  /// @throws IllegalArgumentException when it has no form that a key can have
  public static KeyText of(String text) {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException(
          "an API key has 20 to 256 visible ASCII characters; one that begins rcd_ must be one that"
              + " Recado made, with its checksum");
    }
    return new KeyText(text);
  }

  /// Whether a text can be a key at all; a misspelt key of ours mostly cannot.
  public static boolean isWellFormed(String text) {
    if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~') {
        return false;
      }
    }
    return !text.startsWith(PREFIX) || hasChecksum(text);
  }

  /// The whole key, to be shown once.
  public String reveal() {
    return text;
  }

  /// By which its holder knows it again: `rcd_…Ab12`.
  public String hint() {
    return (text.startsWith(PREFIX) ? PREFIX : "") + "…" + text.substring(text.length() - 4);
  }

  KeyHash hash() {
    return KeyHash.of(text);
  }

  private static boolean hasChecksum(String text) {
    int end = PREFIX.length() + BODY;
    return text.length() == LENGTH && text.endsWith(checksum(text.substring(PREFIX.length(), end)));
  }

  private static String checksum(String body) {
    var crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    char[] digits = new char[CHECKSUM];
    long rest = crc.getValue();
    for (int i = CHECKSUM - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
      rest /= DIGITS.length();
    }
    return new String(digits);
  }

  /// The hint only.
  @Override
  public String toString() {
    return "KeyText[" + hint() + "]";
  }
}
