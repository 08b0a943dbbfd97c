package io.recado.connector;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What we hang on a send so that a receipt can be matched even when the answer was lost: which
/// message, which piece of it, which attempt. Written `messageId:piece:attempt`.
///
/// @param messageId 24 hex digits
/// @param piece from 0
/// @param attempt from 1
public record Echo(String messageId, int piece, int attempt) {

  private static final Pattern FORM = Pattern.compile("([0-9a-f]{24}):(\\d{1,4}):(\\d{1,6})");

  /// Reads what a provider gave back; empty when it is not of our making.
  public static Optional<Echo> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(
            new Echo(
                form.group(1), Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3))))
        : Optional.empty();
  }

  /// The form that is sent.
  @Override
  public String toString() {
    return messageId + ":" + piece + ":" + attempt;
  }
}
