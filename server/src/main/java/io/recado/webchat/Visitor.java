package io.recado.webchat;

import io.recado.connector.Identifier;
import org.jspecify.annotations.Nullable;

/// Who uses a widget: a browser that we gave an id, or a person who is signed in on the page.
///
/// @param name by which the conversation is found
/// @param displayName as the page gives it; null when it gives none
record Visitor(Identifier name, @Nullable String displayName) {

  /// Whether the page has proved who it is.
  boolean isUser() {
    return name.scheme().equals(Identifier.USER);
  }

  /// The scheme only: names are personal data.
  @Override
  public String toString() {
    return "Visitor[" + name.scheme() + "]";
  }
}
