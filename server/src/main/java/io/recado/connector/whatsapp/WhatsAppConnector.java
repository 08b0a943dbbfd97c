package io.recado.connector.whatsapp;

import io.recado.connector.CallbackReceiver;
import io.recado.connector.Connector;
import io.recado.connector.ConnectorSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// WhatsApp Business by Meta's Cloud API. A channel is one phone number of a WhatsApp Business
/// account.
public final class WhatsAppConnector implements Connector {

  /// A person, by the digits of the number as WhatsApp knows it; may differ from the number dialled
  /// (Brazil's ninth digit, Mexico's 1, Argentina's 9).
  public static final String WA_ID = "wa_id";

  /// A person, by an id that only this business sees; the only one known of people who hide their
  /// number.
  public static final String USER_ID = "wa_user_id";

  /// Meta's own address.
  public static final String META = "https://graph.facebook.com";

  private static final String API_VERSION = "v25.0";

  // Meta's pages "Send messages" and "Throughput", read in July 2026: 4096 characters; a window of
  // 24 h from the person's last message; 80 messages a second per number; one message in 6 s to
  // one person, of which 45 may be borrowed from the future.
  private static final Capabilities CAPABILITIES =
      new Capabilities(
          "whatsapp",
          4096,
          Duration.ofHours(24),
          true,
          true,
          false,
          new Pace(80, 45, Duration.ofSeconds(6)));

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("phoneNumberId", false, true, true),
          new Setting("accessToken", true, true, false),
          new Setting("appSecret", true, true, false),
          new Setting("businessAccountId", false, false, false),
          new Setting("verifyToken", true, false, false));

  private final String root;
  private final WhatsAppCallbacks callbacks = new WhatsAppCallbacks();

  /// Speaks to Meta, or to whatever speaks like it.
  ///
  /// @param baseUrl scheme, host and port, such as [#META]
  public WhatsAppConnector(String baseUrl) {
    root = (baseUrl.endsWith("/") ? baseUrl : baseUrl + "/") + API_VERSION + "/";
  }

  @Override
  public String type() {
    return "WHATSAPP";
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public List<Setting> settings() {
    return SETTINGS;
  }

  @Override
  public ConnectorSession open(String channel, ChannelSettings settings, SessionContext context) {
    String token = settings.find("accessToken").orElse("").strip();
    return new WhatsAppSession(
        new GraphApi(context.http(), root, token),
        context.clock(),
        settings.find("phoneNumberId").orElse(""),
        settings.find("businessAccountId").filter(account -> !account.isBlank()));
  }

  @Override
  public Optional<CallbackReceiver> callbacks() {
    return Optional.of(callbacks);
  }
}
