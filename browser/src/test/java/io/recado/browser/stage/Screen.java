package io.recado.browser.stage;

/// How wide a visitor's screen is.
public enum Screen {
  DESKTOP,
  /// The narrowest phone, 320 pixels wide.
  PHONE
}
