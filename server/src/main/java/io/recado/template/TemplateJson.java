package io.recado.template;

import io.recado.connector.Content;
import io.recado.connector.Content.Button;
import io.recado.connector.Content.Header;
import io.recado.connector.Content.Parameter;
import io.recado.connector.ProviderTemplate;
import io.recado.json.JsonObject;
import io.recado.template.Template.Variable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Templates as the API shows them.
public final class TemplateJson {

  private TemplateJson() {}

  /// A template of the list.
  static JsonObject of(Template template) {
    return of(template, template.definition().status());
  }

  /// A template with another status than the provider's, such as that of one that is gone.
  static JsonObject of(Template template, String status) {
    ProviderTemplate definition = template.definition();
    List<String> buttons =
        definition.buttons().stream().map(ProviderTemplate.Button::text).toList();
    return JsonObject.builder()
        .with("name", template.name())
        .with("language", template.language())
        .with("category", definition.category())
        .with("status", status)
        .with("quality", definition.quality())
        .with("header", header(template))
        .with(
            "body",
            JsonObject.builder()
                .with("text", template.bodyText())
                .with("parameters", variables(template.parameters()))
                .build())
        .with("buttons", buttons.isEmpty() ? null : buttons)
        .with("footer", definition.footer())
        .with("updateTime", template.updateTime().toString())
        .build();
  }

  /// The `template` object of a message: what was chosen, with the API's names of the parameters.
  public static JsonObject content(Content.Template content) {
    JsonObject.Builder parameters = JsonObject.builder();
    content.parameters().forEach(parameter -> parameters.with(parameter.name(), parameter.value()));
    List<JsonObject> buttons = content.buttons().stream().map(TemplateJson::button).toList();
    return JsonObject.builder()
        .with("name", content.name())
        .with("language", content.language())
        .with("parameters", parameters.build())
        .with("header", content.header() == null ? null : header(content.header()))
        .with("buttons", buttons.isEmpty() ? null : buttons)
        .build();
  }

  private static @Nullable JsonObject header(Template template) {
    ProviderTemplate.Header header = template.definition().header();
    if (header == null) {
      return null;
    }
    Variable variable = template.headerVariable();
    return JsonObject.builder()
        .with("format", header.format())
        .with("text", template.headerText())
        .with("parameters", variable == null ? null : variables(List.of(variable)))
        .build();
  }

  private static List<JsonObject> variables(List<Variable> variables) {
    return variables.stream()
        .map(
            variable ->
                JsonObject.builder()
                    .with("name", variable.name())
                    .with("example", variable.example())
                    .build())
        .toList();
  }

  private static JsonObject header(Header header) {
    JsonObject.Builder json = JsonObject.builder();
    return switch (header) {
      case Header.TextValue(Parameter parameter) -> json.with("text", parameter.value()).build();
      case Header.Media media ->
          json.with(
                  media.kind().name().toLowerCase(Locale.ROOT),
                  JsonObject.builder()
                      .with("url", media.url())
                      .with("filename", media.filename())
                      .build())
              .build();
      case Header.Location place ->
          json.with(
                  "location",
                  JsonObject.builder()
                      .with("latitude", BigDecimal.valueOf(place.latitude()))
                      .with("longitude", BigDecimal.valueOf(place.longitude()))
                      .with("name", place.name())
                      .with("address", place.address())
                      .build())
              .build();
    };
  }

  private static JsonObject button(Button button) {
    return JsonObject.builder().with("index", button.index()).with("value", button.value()).build();
  }
}
