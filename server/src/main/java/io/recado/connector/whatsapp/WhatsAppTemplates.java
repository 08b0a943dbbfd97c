package io.recado.connector.whatsapp;

import io.recado.connector.ProviderTemplate;
import io.recado.connector.ProviderTemplate.Button;
import io.recado.connector.ProviderTemplate.Header;
import io.recado.connector.ProviderTemplate.Variable;
import io.recado.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Templates as Meta lists them.
///
/// Source: Meta's pages "Template components" and its OpenAPI document, read in July 2026.
final class WhatsAppTemplates {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

  private WhatsAppTemplates() {}

  /// One page of the list.
  ///
  /// @param next the cursor of the next page; empty on the last
  record Page(List<ProviderTemplate> templates, Optional<String> next) {}

  /// Reads a page; empty when it is none, or does not say where the next one begins.
  static Optional<Page> page(JsonObject body) {
    JsonObject paging = body.object("paging").orElse(JsonObject.empty());
    boolean hasNext = paging.string("next").isPresent();
    Optional<String> cursor = paging.object("cursors").flatMap(cursors -> cursors.string("after"));
    if (!(body.value("data") instanceof List<?>) || (hasNext && cursor.isEmpty())) {
      return Optional.empty();
    }
    List<ProviderTemplate> templates =
        body.objects("data").stream().flatMap(row -> read(row).stream()).toList();
    return Optional.of(new Page(templates, hasNext ? cursor : Optional.empty()));
  }

  /// One row of the list; empty without a name or a language, as it could not be sent.
  private static Optional<ProviderTemplate> read(JsonObject row) {
    String name = row.string("name").orElse("");
    String language = row.string("language").orElse("");
    if (name.isEmpty() || language.isEmpty()) {
      return Optional.empty();
    }
    JsonObject body = component(row, "BODY").orElse(JsonObject.empty());
    String text = body.string("text").orElse("");
    return Optional.of(
        new ProviderTemplate(
            name,
            language,
            row.string("category").orElse(""),
            row.string("status").orElse(""),
            quality(row),
            component(row, "HEADER").map(WhatsAppTemplates::header).orElse(null),
            text,
            variables(text, examples(body, "body_text")),
            component(row, "FOOTER").flatMap(footer -> footer.string("text")).orElse(null),
            component(row, "BUTTONS").map(WhatsAppTemplates::buttons).orElse(List.of())));
  }

  private static Optional<JsonObject> component(JsonObject row, String type) {
    return row.objects("components").stream().filter(part -> is(part, type)).findFirst();
  }

  private static boolean is(JsonObject part, String type) {
    return part.string("type").orElse("").equalsIgnoreCase(type);
  }

  private static @Nullable String quality(JsonObject row) {
    return row.object("quality_score")
        .flatMap(quality -> quality.string("score"))
        .filter(score -> !score.equals("UNKNOWN"))
        .orElse(null);
  }

  private static Header header(JsonObject header) {
    String format = header.string("format").orElse("TEXT").toUpperCase(Locale.ROOT);
    if (!format.equals("TEXT")) {
      return new Header(format, null, null);
    }
    String text = header.string("text").orElse("");
    List<Variable> variables = variables(text, examples(header, "header_text"));
    return new Header(format, text, variables.isEmpty() ? null : variables.getFirst());
  }

  private static List<Button> buttons(JsonObject component) {
    return component.objects("buttons").stream().map(WhatsAppTemplates::button).toList();
  }

  /// A one-time password's button is sent as the end of a URL, whatever it is called here.
  private static Button button(JsonObject button) {
    String type = button.string("type").orElse("").toUpperCase(Locale.ROOT);
    String text = button.string("text").orElse("");
    return switch (type) {
      case "URL" ->
          new Button(type, text, PLACEHOLDER.matcher(button.string("url").orElse("")).find());
      case "OTP" -> new Button("URL", text, true);
      case "COPY_CODE" -> new Button(type, text, true);
      default -> new Button(type, text, false);
    };
  }

  private static List<Variable> variables(String text, Map<String, String> examples) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(placeholder -> placeholder.group(1))
        .distinct()
        .map(name -> new Variable(name, examples.get(name)))
        .toList();
  }

  /// By name, and by number from 1: of a header `["x"]`, of a body `[["x", "y"]]`.
  private static Map<String, String> examples(JsonObject component, String field) {
    JsonObject example = component.object("example").orElse(JsonObject.empty());
    Map<String, String> examples = new HashMap<>();
    List<?> numbered = example.items(field);
    if (!numbered.isEmpty() && numbered.getFirst() instanceof List<?> first) {
      numbered = first;
    }
    for (int i = 0; i < numbered.size(); i++) {
      if (numbered.get(i) instanceof String value) {
        examples.put(Integer.toString(i + 1), value);
      }
    }
    for (JsonObject named : example.objects(field + "_named_params")) {
      named
          .string("param_name")
          .ifPresent(name -> named.string("example").ifPresent(value -> examples.put(name, value)));
    }
    return examples;
  }
}
