package io.recado.connector.whatsapp;

import io.recado.connector.Address;
import io.recado.connector.ConnectorSession.OutboundMessage;
import io.recado.connector.Content;
import io.recado.connector.Content.Button;
import io.recado.connector.Content.Header;
import io.recado.connector.Content.Parameter;
import io.recado.connector.Identifier;
import io.recado.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The bodies of requests to `/{phone number id}/messages`.
///
/// Source: Meta's page "Send messages" and its OpenAPI document, read in July 2026.
final class WhatsAppPayloads {

  private WhatsAppPayloads() {}

  /// Where a message goes: the field of the request that names the person, and its value.
  record Recipient(String field, String value) {

    /// The best name that WhatsApp understands; empty when it understands none.
    static Optional<Recipient> find(Address address) {
      return address
          .find(WhatsAppConnector.WA_ID)
          .or(() -> address.find(Identifier.PHONE).map(phone -> phone.replace("+", "")))
          .map(number -> new Recipient("to", number))
          .or(
              () ->
                  address
                      .find(WhatsAppConnector.USER_ID)
                      .map(userId -> new Recipient("recipient", userId)));
    }
  }

  /// A message; empty when its content cannot be sent.
  static Optional<JsonObject> message(OutboundMessage message, Recipient recipient) {
    return switch (message.content()) {
      case Content.Text text ->
          Optional.of(
              envelope(message, recipient, "text")
                  .with("text", JsonObject.builder().with("body", text.text()).build())
                  .build());
      case Content.Template template ->
          Optional.of(
              envelope(message, recipient, "template")
                  .with("template", template(template))
                  .build());
      case Content.Unsupported _ -> Optional.empty();
    };
  }

  /// Marks a person's message, and all earlier ones, as read.
  static JsonObject read(String providerMessageId) {
    return readMark(providerMessageId).build();
  }

  /// The same, and shows that an answer is being written.
  static JsonObject typing(String providerMessageId) {
    return readMark(providerMessageId)
        .with("typing_indicator", JsonObject.builder().with("type", "text").build())
        .build();
  }

  private static JsonObject.Builder readMark(String providerMessageId) {
    return JsonObject.builder()
        .with("messaging_product", "whatsapp")
        .with("status", "read")
        .with("message_id", providerMessageId);
  }

  private static JsonObject.Builder envelope(
      OutboundMessage message, Recipient recipient, String type) {
    JsonObject.Builder envelope =
        JsonObject.builder()
            .with("messaging_product", "whatsapp")
            .with("recipient_type", "individual")
            .with(recipient.field(), recipient.value())
            .with("type", type)
            .with("biz_opaque_callback_data", message.echo().toString());
    if (message.replyTo() != null) {
      envelope.with("context", JsonObject.builder().with("message_id", message.replyTo()).build());
    }
    return envelope;
  }

  private static JsonObject template(Content.Template template) {
    List<JsonObject> components = new ArrayList<>();
    if (template.header() != null) {
      components.add(component("header", List.of(header(template.header()))).build());
    }
    if (!template.parameters().isEmpty()) {
      components.add(component("body", body(template.parameters())).build());
    }
    template.buttons().forEach(button -> components.add(button(button)));
    JsonObject.Builder built =
        JsonObject.builder()
            .with("name", template.name())
            .with("language", JsonObject.builder().with("code", template.language()).build());
    return (components.isEmpty() ? built : built.with("components", components)).build();
  }

  private static JsonObject.Builder component(String type, List<JsonObject> parameters) {
    return JsonObject.builder().with("type", type).with("parameters", parameters);
  }

  /// Numbered variables go by their place in the list, so they are put in the order of their
  /// numbers.
  private static List<JsonObject> body(List<Parameter> parameters) {
    List<Parameter> ordered = new ArrayList<>(parameters);
    if (parameters.stream().allMatch(Parameter::isPositional)) {
      ordered.sort(Comparator.comparing(parameter -> new BigInteger(parameter.providerName())));
    }
    return ordered.stream().map(WhatsAppPayloads::text).toList();
  }

  private static JsonObject text(Parameter parameter) {
    return JsonObject.builder()
        .with("type", "text")
        .with("parameter_name", parameter.isPositional() ? null : parameter.providerName())
        .with("text", parameter.value())
        .build();
  }

  private static JsonObject header(Header header) {
    return switch (header) {
      case Header.TextValue(Parameter parameter) -> text(parameter);
      case Header.Media media -> {
        String kind = media.kind().name().toLowerCase(Locale.ROOT);
        JsonObject file =
            JsonObject.builder()
                .with("link", media.url())
                .with(
                    "filename",
                    media.kind() == Content.MediaKind.DOCUMENT ? media.filename() : null)
                .build();
        yield JsonObject.builder().with("type", kind).with(kind, file).build();
      }
      case Header.Location place ->
          JsonObject.builder()
              .with("type", "location")
              .with(
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
    String field =
        switch (button.kind()) {
          case URL -> "text";
          case COPY_CODE -> "coupon_code";
          case QUICK_REPLY -> "payload";
        };
    JsonObject value = JsonObject.builder().with("type", field).with(field, button.value()).build();
    return component("button", List.of(value))
        .with("sub_type", button.kind().name().toLowerCase(Locale.ROOT))
        .with("index", Integer.toString(button.index()))
        .build();
  }
}
