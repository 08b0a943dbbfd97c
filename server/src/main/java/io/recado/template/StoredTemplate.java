package io.recado.template;

import io.recado.connector.ProviderTemplate;
import io.recado.connector.ProviderTemplate.Button;
import io.recado.connector.ProviderTemplate.Header;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.template.Template.Variable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A template's row: what has no column of its own is JSON, the names of the variables included, so
/// that they stay what they were when they were synced.
///
/// @param definition the JSON
record StoredTemplate(
    String name,
    String language,
    String category,
    String status,
    String definition,
    Instant updateTime) {

  static StoredTemplate of(Template template) {
    ProviderTemplate definition = template.definition();
    return new StoredTemplate(
        definition.name(),
        definition.language(),
        definition.category(),
        definition.status(),
        Json.text(
            JsonObject.builder()
                .with("quality", definition.quality())
                .with("header", header(template))
                .with("body", definition.body())
                .with(
                    "parameters", template.parameters().stream().map(StoredTemplate::json).toList())
                .with("footer", definition.footer())
                .with("buttons", definition.buttons().stream().map(StoredTemplate::json).toList())
                .build()),
        template.updateTime());
  }

  Template template() {
    JsonObject json = Json.readStored(definition);
    List<Variable> parameters =
        json.objects("parameters").stream().map(StoredTemplate::variable).toList();
    JsonObject header = json.object("header").orElse(null);
    Variable inHeader =
        header == null
            ? null
            : header.object("variable").map(StoredTemplate::variable).orElse(null);
    return new Template(
        new ProviderTemplate(
            name,
            language,
            category,
            status,
            json.string("quality").orElse(null),
            header == null ? null : header(header, inHeader),
            json.string("body").orElse(""),
            parameters.stream().map(StoredTemplate::provider).toList(),
            json.string("footer").orElse(null),
            json.objects("buttons").stream().map(StoredTemplate::button).toList()),
        parameters,
        inHeader,
        updateTime);
  }

  private static @Nullable JsonObject header(Template template) {
    Header header = template.definition().header();
    Variable variable = template.headerVariable();
    return header == null
        ? null
        : JsonObject.builder()
            .with("format", header.format())
            .with("text", header.text())
            .with("variable", variable == null ? null : json(variable))
            .build();
  }

  private static Header header(JsonObject json, @Nullable Variable variable) {
    return new Header(
        json.string("format").orElse(""),
        json.string("text").orElse(null),
        variable == null ? null : provider(variable));
  }

  private static JsonObject json(Variable variable) {
    return JsonObject.builder()
        .with("name", variable.name())
        .with("providerName", variable.providerName())
        .with("example", variable.example())
        .build();
  }

  private static Variable variable(JsonObject json) {
    return new Variable(
        json.string("name").orElse(""),
        json.string("providerName").orElse(""),
        json.string("example").orElse(null));
  }

  private static ProviderTemplate.Variable provider(Variable variable) {
    return new ProviderTemplate.Variable(variable.providerName(), variable.example());
  }

  private static JsonObject json(Button button) {
    return JsonObject.builder()
        .with("type", button.type())
        .with("text", button.text())
        .with("hasVariable", button.hasVariable())
        .build();
  }

  private static Button button(JsonObject json) {
    return new Button(
        json.string("type").orElse(""), json.string("text").orElse(""), json.isTrue("hasVariable"));
  }
}
