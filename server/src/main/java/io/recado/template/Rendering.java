package io.recado.template;

import io.recado.connector.Content;
import io.recado.connector.Content.Header;
import io.recado.connector.Content.Parameter;
import io.recado.connector.ProviderTemplate;
import io.recado.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the recipient of a template reads.
///
/// @param header null when the header is not a text
/// @param footer null when there is none
/// @param buttons their texts, in order
record Rendering(
    @Nullable String header, String body, @Nullable String footer, List<String> buttons) {

  /// The longest body a provider delivers, in UTF-16 units (WhatsApp: 132005 beyond).
  static final int MAX_BODY = 1_024;

  /// The longest text of a header.
  static final int MAX_HEADER = 60;

  /// Puts the values in their places.
  ///
  /// @param content values for this template
  static Rendering of(Template template, Content.Template content) {
    ProviderTemplate definition = template.definition();
    return new Rendering(
        header(template, content.header()).orElse(null),
        fill(definition.body(), content.parameters()),
        definition.footer(),
        definition.buttons().stream().map(ProviderTemplate.Button::text).toList());
  }

  /// The header's text; empty when it is not a text.
  static Optional<String> header(Template template, @Nullable Header value) {
    ProviderTemplate.Header header = template.definition().header();
    if (header == null || header.text() == null) {
      return Optional.empty();
    }
    List<Parameter> values =
        value instanceof Header.TextValue text ? List.of(text.parameter()) : List.of();
    return Optional.of(fill(header.text(), values));
  }

  /// As the API answers a preview.
  JsonObject json(Template template) {
    return JsonObject.builder()
        .with("name", template.name())
        .with("language", template.language())
        .with("header", header == null ? null : JsonObject.builder().with("text", header).build())
        .with("body", JsonObject.builder().with("text", body).build())
        .with("footer", footer)
        .with("buttons", buttons.isEmpty() ? null : buttons)
        .build();
  }

  private static String fill(String text, List<Parameter> parameters) {
    Map<String, String> values =
        parameters.stream().collect(Collectors.toMap(Parameter::providerName, Parameter::value));
    return Placeholders.replace(text, name -> values.getOrDefault(name, "{{" + name + "}}"));
  }

  /// Nothing: it holds what a person is told.
  @Override
  public String toString() {
    return "Rendering";
  }
}
