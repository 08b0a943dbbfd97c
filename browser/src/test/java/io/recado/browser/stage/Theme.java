package io.recado.browser.stage;

import java.util.Locale;

/// What a person prefers pages to look like.
public enum Theme {
  LIGHT,
  DARK;

  String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }
}
