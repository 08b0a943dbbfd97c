package io.recado.ops;

import java.util.regex.Pattern;

/// The last line of defence of the log: masks what looks like a secret or a phone number. Whoever
/// logs must not rely on it.
final class Redaction {

  private static final String MASK = "***";

  /// One expression for all, so that a line is looked through once. What is kept is group 1 or 2.
  private static final Pattern SECRET =
      Pattern.compile(
          "(\\brcd_|\\bEAA|\\bwhsec_)[A-Za-z0-9+/=_-]{6,}"
              + "|((?i:\\bbearer\\s+|\\baccess_token[\"']?\\s*[=:]\\s*[\"']?))[^\\s\"'&,}]+"
              + "|(://)[^\\s/@]+@"
              + "|(\\+)[0-9]{8,15}(?![0-9])");

  private Redaction() {}

  static String of(String text) {
    return SECRET
        .matcher(text)
        .replaceAll(
            match -> {
              for (int group = 1; group <= 4; group++) {
                if (match.start(group) >= 0) {
                  return match.group(group).replace("$", "\\$") + MASK + (group == 3 ? "@" : "");
                }
              }
              return MASK;
            });
  }
}
