package io.recado.template;

import java.util.Locale;

/// Languages are understood in the spelling of BCP 47 (`en-US`) and in the providers' (`en_US`), in
/// any case. There is no fallback between regions: `es` is not `es_CO`.
final class Language {

  private Language() {}

  /// Whether both mean the same language.
  static boolean isSame(String one, String other) {
    return canonical(one).equals(canonical(other));
  }

  private static String canonical(String language) {
    return language.replace('-', '_').toLowerCase(Locale.ROOT);
  }
}
