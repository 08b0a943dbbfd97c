package io.recado.template;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The places of a template's text where values go, such as `{{order_number}}` or `{{1}}`.
final class Placeholders {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

  private Placeholders() {}

  /// The text with each placeholder replaced, in one pass: what is put in is never looked at again.
  ///
  /// @param replacement by the provider's name of the variable
  static String replace(String text, Function<String, String> replacement) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found.group(1))));
  }
}
