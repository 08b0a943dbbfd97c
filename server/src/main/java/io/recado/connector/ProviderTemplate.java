package io.recado.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A template as the provider lists it, in the provider's own spelling: one entry per name and
/// language.
///
/// @param language such as `es` or `en_US`
/// @param category such as `UTILITY`
/// @param status such as `APPROVED`; only that one may be sent
/// @param quality such as `GREEN`; null when not known
/// @param body its text with the placeholders as the provider writes them, `{{order_number}}` or
///   `{{1}}`
/// @param parameters the body's variables in order of first appearance; numbers in positional
///   templates
public record ProviderTemplate(
    String name,
    String language,
    String category,
    String status,
    @Nullable String quality,
    @Nullable Header header,
    String body,
    List<Variable> parameters,
    @Nullable String footer,
    List<Button> buttons) {

  /// Copies the lists.
  public ProviderTemplate {
    parameters = List.copyOf(parameters);
    buttons = List.copyOf(buttons);
  }

  /// A variable with the example that the approval was asked with; null when there is none.
  public record Variable(String name, @Nullable String example) {}

  /// The header.
  ///
  /// @param format `TEXT`, `IMAGE`, `VIDEO`, `DOCUMENT` or `LOCATION`; others cannot be sent
  /// @param text null unless a text header
  /// @param variable null when the header has none
  public record Header(String format, @Nullable String text, @Nullable Variable variable) {}

  /// A button.
  ///
  /// @param type `QUICK_REPLY`, `URL`, `PHONE_NUMBER`, `COPY_CODE` or another of the provider's
  /// @param hasVariable whether a value must be given when sending
  public record Button(String type, String text, boolean hasVariable) {}
}
