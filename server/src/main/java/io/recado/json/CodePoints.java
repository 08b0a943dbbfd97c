package io.recado.json;

/// Cuts texts without cutting a character that takes two UTF-16 units.
public final class CodePoints {

  private CodePoints() {}

  /// The beginning of a text: at most `max` UTF-16 units, one less when the last would be half of a
  /// character.
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    boolean splits =
        max > 0
            && Character.isHighSurrogate(text.charAt(max - 1))
            && Character.isLowSurrogate(text.charAt(max));
    return text.substring(0, splits ? max - 1 : max);
  }
}
