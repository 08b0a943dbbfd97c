package io.recado.prove.check;

/// A promise that was broken.
///
/// @param subject the message: its name where it has one, else its text; the conversation, the file
/// @param sentence what was expected and what was found
public record Offence(Kind kind, String subject, String sentence) {

  /// How it was broken.
  public enum Kind {
    LOST,
    DOUBLE,
    REORDERED,
    PHANTOM,
    STUCK,
    WRONG_STATUS,
    LEAKED,
    DAMAGED,
    UNSIGNED,
    BEYOND_LIMITS;

    /// As reports have it.
    public String inWords() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }
}
