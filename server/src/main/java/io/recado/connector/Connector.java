package io.recado.connector;

import io.recado.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A kind of channel: how to speak to one messaging network.
///
/// An implementation holds no state of its own and is used by many threads at once. What belongs to
/// one account lives in the [ConnectorSession] that [#open] returns.
public interface Connector {

  /// The channel type in the API, in metrics and in configuration, such as `WHATSAPP`. Never
  /// changes once released.
  String type();

  /// What this network can carry. Content outside it is refused when accepted, not when sent.
  Capabilities capabilities();

  /// The settings of a channel, in the order in which a person should be asked for them. Numbers
  /// that limit sending are not among them: every type has those.
  List<Setting> settings();

  /// Opens one channel's session. Calls nobody.
  ConnectorSession open(ChannelSettings settings, SessionContext context);

  /// What a content needs, one network call each, in order: usually itself. Equal for equal
  /// content, now and after a restart, because a message that was sent in part goes on with the
  /// rest. A template is never split.
  default List<Content> pieces(Content content) {
    return List.of(content);
  }

  /// How the network calls us; empty when it does not.
  Optional<CallbackReceiver> callbacks();

  /// What a network can carry.
  ///
  /// @param settingsField the API's name of the settings object, such as `whatsapp`
  /// @param maxTextLength in UTF-16 units
  /// @param serviceWindow how long after a person's message free content may be sent; zero when
  ///   always
  /// @param hasTemplates whether content approved beforehand exists
  /// @param messagesPerSecond the documented rate of one account, used unless the channel sets
  ///   another
  /// @param recipientBurst messages to one person that may follow each other at once
  /// @param recipientInterval one more after each; zero when there is no such limit
  record Capabilities(
      String settingsField,
      int maxTextLength,
      Duration serviceWindow,
      boolean hasTemplates,
      int messagesPerSecond,
      int recipientBurst,
      Duration recipientInterval) {}

  /// One setting of a channel: an opaque string of at most 512 characters.
  ///
  /// @param name as in the API, such as `accessToken`
  /// @param secret stored encrypted, never given back
  /// @param identifiesAccount names the account at the provider; unique in a workspace, and how
  ///   callbacks are routed
  record Setting(String name, boolean secret, boolean required, boolean identifiesAccount) {}

  /// A channel's settings by name; those not set are absent.
  record ChannelSettings(JsonObject values) {

    /// A setting's value.
    public Optional<String> find(String name) {
      return values.string(name);
    }

    /// Nothing: it holds secrets.
    @Override
    public String toString() {
      return "ChannelSettings";
    }
  }

  /// What a session may use; it reaches for nothing else.
  record SessionContext(ProviderHttp http, InstantSource clock) {}
}
