package io.recado.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a message carries. The name of the case in upper case is the API's `contentType`.
public sealed interface Content {

  /// Plain text.
  record Text(String text) implements Content {

    /// The length only: a text is never printed.
    @Override
    public String toString() {
      return "Text[" + text.length() + " characters]";
    }
  }

  /// A template approved by the provider, with the values for its variables.
  ///
  /// @param language the provider's own spelling, such as `en_US`
  /// @param header null when the header has no variable
  /// @param parameters the body's values, in the order of the template
  /// @param buttons values for the buttons that have a variable
  record Template(
      String name,
      String language,
      @Nullable Header header,
      List<Parameter> parameters,
      List<Button> buttons)
      implements Content {

    /// Copies the lists.
    public Template {
      parameters = List.copyOf(parameters);
      buttons = List.copyOf(buttons);
    }

    /// The name and the language only: values are never printed.
    @Override
    public String toString() {
      return "Template[" + name + ", " + language + "]";
    }
  }

  /// An inbound message of a kind that is not understood; its raw payload is kept.
  ///
  /// @param providerType the provider's name of the kind, such as `poll_creation`
  record Unsupported(String providerType) implements Content {}

  /// The value of one variable.
  ///
  /// @param name as the API shows it, such as `orderNumber`, or `1` in positional templates
  /// @param providerName as the provider spells it, such as `order_number`; digits in positional
  ///   templates
  record Parameter(String name, String providerName, String value) {

    /// Whether the template numbers its variables instead of naming them.
    public boolean isPositional() {
      return providerName.chars().allMatch(Character::isDigit);
    }

    /// The names only.
    @Override
    public String toString() {
      return "Parameter[" + name + "]";
    }
  }

  /// The header's value.
  sealed interface Header {

    /// The variable of a text header.
    record TextValue(Parameter parameter) implements Header {}

    /// A file that the provider fetches from a public URL.
    ///
    /// @param filename shown for documents; null otherwise
    record Media(MediaKind kind, String url, @Nullable String filename) implements Header {}

    /// A place on the map; degrees.
    record Location(
        double latitude, double longitude, @Nullable String name, @Nullable String address)
        implements Header {}
  }

  /// The kinds of file a header may hold.
  enum MediaKind {
    IMAGE,
    VIDEO,
    DOCUMENT
  }

  /// The value of one button's variable.
  ///
  /// @param index the button's place in the template, from 0
  record Button(int index, ButtonKind kind, String value) {}

  /// The buttons that take a value: the end of a URL, the code to copy, what a quick reply sends
  /// back.
  enum ButtonKind {
    URL,
    COPY_CODE,
    QUICK_REPLY
  }
}
