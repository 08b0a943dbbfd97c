package io.recado.connector.webchat;

import io.recado.connector.Address;
import io.recado.connector.CallbackReceiver;
import io.recado.connector.Connector;
import io.recado.connector.ConnectorSession;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Web chat: conversations with the visitors of web pages. A channel is one widget, as it stands in
/// the pages of the origins that it allows.
public final class WebChatConnector implements Connector {

  /// The type of its channels.
  public static final String TYPE = "WEBCHAT";

  private static final String ALLOWED_ORIGINS = "allowedOrigins";
  private static final String IDENTITY_SECRET = "identitySecret";
  private static final int MAX_TEXT = 4096;

  private static final Capabilities CAPABILITIES =
      new Capabilities("webchat", MAX_TEXT, Duration.ZERO, false, false, true, Pace.FREE);

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              ALLOWED_ORIGINS, false, true, false, new Form(true, WebChatConnector::originFault)),
          new Setting(IDENTITY_SECRET, true, false, false));

  private final Visitors visitors;

  /// @param visitors who shows visitors what is not stored
  public WebChatConnector(Visitors visitors) {
    this.visitors = visitors;
  }

  /// The origins of the pages that may hold a channel's widget.
  public static List<String> allowedOrigins(ChannelSettings settings) {
    return settings.list(ALLOWED_ORIGINS);
  }

  /// What the pages of a channel prove with who is signed in.
  public static Optional<String> identitySecret(ChannelSettings settings) {
    return settings.find(IDENTITY_SECRET);
  }

  @Override
  public String type() {
    return TYPE;
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
    return new WebChatSession(channel, visitors);
  }

  /// Visitors write through routes of their own: there is no provider that calls for them.
  @Override
  public Optional<CallbackReceiver> callbacks() {
    return Optional.empty();
  }

  /// An origin as a browser sends it: scheme, host and port, nothing else (RFC 6454, 6.1).
  private static Optional<String> originFault(String text) {
    try {
      URI origin = new URI(text);
      boolean isWeb = Set.of("http", "https").contains(String.valueOf(origin.getScheme()));
      String bare = origin.getScheme() + "://" + origin.getRawAuthority();
      if (isWeb
          && origin.getHost() != null
          && origin.getRawUserInfo() == null
          && text.equals(bare)
          && text.equals(text.toLowerCase(Locale.ROOT))) {
        return Optional.empty();
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    return Optional.of(
        "An origin is a scheme, a host and, unless usual, a port, in small letters and without a"
            + " slash at its end, such as https://shop.example.");
  }

  /// Shows visitors what is not stored.
  @FunctionalInterface
  public interface Visitors {
    /// An answer is being written.
    ///
    /// @param channel the channel's id
    void typing(String channel, Address to);
  }
}
