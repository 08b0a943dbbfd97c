package io.recado.template;

import io.recado.connector.Content.Header;
import io.recado.connector.Content.MediaKind;
import io.recado.connector.Content.Parameter;
import io.recado.connector.ProviderTemplate;
import io.recado.http.request.Fields;
import io.recado.template.Template.Variable;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The header's value: needed when the template's header has a text with a variable, a file or a
/// place, and refused otherwise.
final class GivenHeader {

  private static final String FIELD = "header";
  private static final List<String> FORMATS =
      List.of("TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION");
  private static final int MAX_URL = 2_048;
  private static final int MAX_LABEL = 1_000;

  private GivenHeader() {}

  /// Empty when the template's header takes no value, or a fault was noted.
  static Optional<Header> read(Fields fields, Template template) {
    ProviderTemplate.Header header = template.definition().header();
    String format = header == null ? "TEXT" : header.format();
    if (!FORMATS.contains(format)) {
      fields.violate(
          FIELD,
          "INVALID_VALUE",
          "Templates with a header of the kind " + format + " cannot be sent.");
      return Optional.empty();
    }
    if (format.equals("TEXT") && template.headerVariable() == null) {
      if (fields.value(FIELD) != null) {
        fields.violate(
            FIELD, "INVALID_VALUE", "The template's header takes no value; leave it out.");
      }
      return Optional.empty();
    }
    return read(fields, template, format);
  }

  private static Optional<Header> read(Fields fields, Template template, String format) {
    String kind = format.toLowerCase(Locale.ROOT);
    String needed = "The template's header needs a value: give header." + kind + ".";
    if (fields.value(FIELD) == null) {
      fields.violate(FIELD + "." + kind, "REQUIRED", needed);
      return Optional.empty();
    }
    Optional<Fields> given = fields.object(FIELD);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Fields value = given.get();
    for (String other : FORMATS) {
      String name = other.toLowerCase(Locale.ROOT);
      if (!other.equals(format) && value.value(name) != null) {
        value.violate(
            name,
            "INVALID_VALUE",
            "Leave it out; the template's header is of the kind " + format + ".");
      }
    }
    if (value.value(kind) == null) {
      value.violate(kind, "REQUIRED", needed);
      return Optional.empty();
    }
    return switch (format) {
      case "TEXT" -> text(value, template);
      case "LOCATION" -> value.object(kind).flatMap(GivenHeader::location);
      default -> value.object(kind).flatMap(file -> media(file, MediaKind.valueOf(format)));
    };
  }

  private static Optional<Header> text(Fields header, Template template) {
    Variable variable = template.headerVariable();
    Optional<String> value =
        header
            .text("text", 0, TextValue.MAX)
            .filter(text -> TextValue.isUsable(header, "text", text));
    if (value.isEmpty() || variable == null) {
      return Optional.empty();
    }
    var read =
        new Header.TextValue(new Parameter(variable.name(), variable.providerName(), value.get()));
    String rendered = Rendering.header(template, read).orElse("");
    if (rendered.length() > Rendering.MAX_HEADER) {
      header.violate(
          "text",
          "TOO_LONG",
          "With this value the header has "
              + rendered.length()
              + " characters; at most "
              + Rendering.MAX_HEADER
              + ".");
    }
    return Optional.of(read);
  }

  private static Optional<Header> media(Fields file, MediaKind kind) {
    Optional<String> url = file.requiredText("url", MAX_URL);
    if (url.isPresent() && !isFetchable(url.get())) {
      file.violate(
          "url", "INVALID_VALUE", "Must be a public address that begins with https:// or http://.");
    }
    String filename =
        kind == MediaKind.DOCUMENT ? file.text("filename", 1, 240).orElse(null) : null;
    return url.map(address -> new Header.Media(kind, address, filename));
  }

  private static Optional<Header> location(Fields place) {
    place.require("latitude");
    place.require("longitude");
    Optional<Double> latitude = place.decimal("latitude", -90, 90);
    Optional<Double> longitude = place.decimal("longitude", -180, 180);
    @Nullable String name = place.text("name", 1, MAX_LABEL).orElse(null);
    @Nullable String address = place.text("address", 1, MAX_LABEL).orElse(null);
    return latitude.isPresent() && longitude.isPresent()
        ? Optional.of(new Header.Location(latitude.get(), longitude.get(), name, address))
        : Optional.empty();
  }

  private static boolean isFetchable(String url) {
    try {
      URI uri = URI.create(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return (scheme.equals("https") || scheme.equals("http")) && uri.getHost() != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
