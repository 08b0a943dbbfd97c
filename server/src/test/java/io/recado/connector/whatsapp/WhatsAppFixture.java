package io.recado.connector.whatsapp;

import io.recado.connector.Address;
import io.recado.connector.Connector.ChannelSettings;
import io.recado.connector.Connector.SessionContext;
import io.recado.connector.ConnectorSession;
import io.recado.connector.ConnectorSession.OutboundMessage;
import io.recado.connector.Content;
import io.recado.connector.Echo;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderHttp;
import io.recado.connector.SendOutcome;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A channel and what tests say with it.
final class WhatsAppFixture {

  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final String TOKEN = "EAAB-token";
  static final Echo ECHO = new Echo("665ab3c4d5e6f7a8b9c0d3e4", 0, 1);
  static final ChannelSettings SETTINGS =
      settings(
          Map.of(
              "phoneNumberId", "300100300100300",
              "businessAccountId", "200100200100200",
              "accessToken", TOKEN,
              "appSecret", "app-secret",
              "verifyToken", "verify me"));
  static final OutboundMessage HELLO =
      new OutboundMessage(
          ECHO, to(Identifier.phone("+573193210329")), new Content.Text("hola"), null);

  private WhatsAppFixture() {}

  static ChannelSettings settings(Map<String, String> values) {
    JsonObject.Builder settings = JsonObject.builder();
    values.forEach(settings::with);
    return new ChannelSettings(settings.build());
  }

  static ConnectorSession session(ProviderHttp http, String url) {
    return session(http, url, SETTINGS);
  }

  static ConnectorSession session(ProviderHttp http, String url, ChannelSettings settings) {
    return new WhatsAppConnector(url)
        .open(
            "6633a1b2c4d5e6f7a8b9c0d1",
            settings,
            new SessionContext(http, InstantSource.fixed(NOW)));
  }

  static Address to(Identifier... identifiers) {
    return new Address(List.of(identifiers));
  }

  /// JSON with single quotes for double ones, as an object.
  static JsonObject json(String text) {
    return Json.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /// The body of an error with this field.
  static String error(String code) {
    String number = code.replaceAll("\\D", "");
    return ("{'error':{'message':'(#" + number + ") No','type':'OAuthException'," + code + "}}")
        .replace('\'', '"');
  }

  /// An outcome in a few words, for tables.
  static String brief(SendOutcome outcome) {
    return switch (outcome) {
      case SendOutcome.Accepted accepted -> "Accepted " + accepted.providerMessageId();
      case SendOutcome.Refused refused -> "Refused " + refused.reason();
      case SendOutcome.ChannelBroken broken -> "ChannelBroken " + broken.reason();
      case SendOutcome.InDoubt doubt -> "InDoubt " + doubt.cause();
      case SendOutcome.RetryLater later ->
          "RetryLater " + later.reason() + " " + later.maxAttempts() + wait(later.notBefore());
      case SendOutcome.Throttled throttled ->
          "Throttled " + throttled.scope() + wait(throttled.notBefore());
    };
  }

  private static String wait(Instant notBefore) {
    return notBefore == null ? "" : " " + Duration.between(NOW, notBefore);
  }
}
