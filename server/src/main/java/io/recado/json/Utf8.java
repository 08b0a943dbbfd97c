package io.recado.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Checks bytes before they are parsed: the parser itself takes overlong sequences, and guesses
/// UTF-16 and UTF-32, which hides characters from whoever looks at the bytes as UTF-8.
final class Utf8 {

  private Utf8() {}

  /// Whether the bytes are UTF-8 without a byte order mark and without NUL, which no JSON holds
  /// unescaped and every other encoding of JSON does.
  static boolean isPlain(byte[] bytes) {
    boolean ascii = true;
    for (byte b : bytes) {
      if (b == 0) {
        return false;
      }
      ascii &= b > 0;
    }
    if (ascii) {
      return true;
    }
    if ((bytes[0] & 0xff) == 0xef) {
      return false;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
