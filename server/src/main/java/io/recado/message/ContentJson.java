package io.recado.message;

import io.recado.connector.Content;
import io.recado.connector.Content.Button;
import io.recado.connector.Content.ButtonKind;
import io.recado.connector.Content.Header;
import io.recado.connector.Content.MediaKind;
import io.recado.connector.Content.Parameter;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.json.MalformedJson;
import java.util.NoSuchElementException;

/// Contents as they are stored: everything that is needed to send them, in JSON.
final class ContentJson {

  private ContentJson() {}

  /// The name of the kind, which is the API's `contentType`.
  static String type(Content content) {
    return switch (content) {
      case Content.Text _ -> "TEXT";
      case Content.Template _ -> "TEMPLATE";
      case Content.Unsupported _ -> "UNSUPPORTED";
    };
  }

  static String write(Content content) {
    return Json.text(
        switch (content) {
          case Content.Text text -> JsonObject.builder().with("text", text.text()).build();
          case Content.Template template -> template(template);
          case Content.Unsupported other ->
              JsonObject.builder().with("providerType", other.providerType()).build();
        });
  }

  /// What is stored. What cannot be read, as only a fault can leave it, is [Content.Unsupported],
  /// so that it harms nothing but itself.
  static Content read(String type, String text) {
    try {
      return content(type, Json.readStored(text));
    } catch (MalformedJson | NoSuchElementException _) {
      return new Content.Unsupported("unreadable");
    }
  }

  private static Content content(String type, JsonObject json) {
    return switch (type) {
      case "TEXT" -> new Content.Text(json.string("text").orElseThrow());
      case "TEMPLATE" -> template(json);
      default -> new Content.Unsupported(json.string("providerType").orElse("unknown"));
    };
  }

  private static JsonObject template(Content.Template template) {
    return JsonObject.builder()
        .with("name", template.name())
        .with("language", template.language())
        .with("header", template.header() == null ? null : header(template.header()))
        .with("parameters", template.parameters().stream().map(ContentJson::parameter).toList())
        .with("buttons", template.buttons().stream().map(ContentJson::button).toList())
        .build();
  }

  private static Content.Template template(JsonObject json) {
    return new Content.Template(
        json.string("name").orElseThrow(),
        json.string("language").orElseThrow(),
        json.object("header").map(ContentJson::header).orElse(null),
        json.objects("parameters").stream().map(ContentJson::parameter).toList(),
        json.objects("buttons").stream().map(ContentJson::button).toList());
  }

  private static JsonObject parameter(Parameter parameter) {
    return JsonObject.builder()
        .with("name", parameter.name())
        .with("providerName", parameter.providerName())
        .with("value", parameter.value())
        .build();
  }

  private static Parameter parameter(JsonObject json) {
    return new Parameter(
        json.string("name").orElseThrow(),
        json.string("providerName").orElseThrow(),
        json.string("value").orElseThrow());
  }

  private static JsonObject button(Button button) {
    return JsonObject.builder()
        .with("index", button.index())
        .with("kind", button.kind().name())
        .with("value", button.value())
        .build();
  }

  private static Button button(JsonObject json) {
    return new Button(
        json.number("index").orElseThrow().intValue(),
        ButtonKind.valueOf(json.string("kind").orElseThrow()),
        json.string("value").orElseThrow());
  }

  private static JsonObject header(Header header) {
    return switch (header) {
      case Header.TextValue text ->
          JsonObject.builder().with("text", parameter(text.parameter())).build();
      case Header.Media media ->
          JsonObject.builder()
              .with("kind", media.kind().name())
              .with("url", media.url())
              .with("filename", media.filename())
              .build();
      case Header.Location place ->
          JsonObject.builder()
              .with("latitude", Double.toString(place.latitude()))
              .with("longitude", Double.toString(place.longitude()))
              .with("name", place.name())
              .with("address", place.address())
              .build();
    };
  }

  private static Header header(JsonObject json) {
    if (json.object("text").isPresent()) {
      return new Header.TextValue(parameter(json.object("text").get()));
    }
    if (json.string("url").isPresent()) {
      return new Header.Media(
          MediaKind.valueOf(json.string("kind").orElseThrow()),
          json.string("url").get(),
          json.string("filename").orElse(null));
    }
    return new Header.Location(
        Double.parseDouble(json.string("latitude").orElseThrow()),
        Double.parseDouble(json.string("longitude").orElseThrow()),
        json.string("name").orElse(null),
        json.string("address").orElse(null));
  }
}
