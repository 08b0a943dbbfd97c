package io.recado.connector;

import io.recado.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

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
  ///
  /// @param channel the channel's id: 24 hex digits
  ConnectorSession open(String channel, ChannelSettings settings, SessionContext context);

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
  /// @param canBegin whether a person can be written to by phone number before they have written;
  ///   else conversations begin with the person alone
  /// @param isRepeatable whether handing a message over again does no harm, because the network
  ///   knows it again by its [Echo]: a doubt is then settled by asking again
  /// @param pace how fast an account may send
  record Capabilities(
      String settingsField,
      int maxTextLength,
      Duration serviceWindow,
      boolean hasTemplates,
      boolean canBegin,
      boolean isRepeatable,
      Pace pace) {}

  /// How fast an account may send unless its channel sets other limits, as the network documents
  /// it.
  ///
  /// @param messagesPerSecond 0 when there is no such limit
  /// @param recipientBurst messages to one person that may follow each other at once
  /// @param recipientInterval one more after each; zero when there is no such limit
  record Pace(int messagesPerSecond, int recipientBurst, Duration recipientInterval) {
    /// A network without limits.
    public static final Pace FREE = new Pace(0, 0, Duration.ZERO);
  }

  /// One setting of a channel: an opaque text of at most 512 characters, or a list of such texts.
  ///
  /// @param name as in the API, such as `accessToken`
  /// @param secret stored encrypted, never given back
  /// @param identifiesAccount names the account at the provider; unique in a workspace, and how
  ///   callbacks are routed
  record Setting(
      String name, boolean secret, boolean required, boolean identifiesAccount, Form form) {

    /// A setting that is one opaque text.
    public Setting(String name, boolean secret, boolean required, boolean identifiesAccount) {
      this(name, secret, required, identifiesAccount, Form.TEXT);
    }
  }

  /// How a setting's value looks.
  ///
  /// @param isList whether the API has a list of texts, at most 20; kept as one text, with a space
  ///   between them
  /// @param fault says what is wrong with one text, in a sentence; empty when nothing is
  record Form(boolean isList, Function<String, Optional<String>> fault) {
    /// One text, opaque.
    public static final Form TEXT = new Form(false, _ -> Optional.empty());
  }

  /// A channel's settings by name; those not set are absent.
  record ChannelSettings(JsonObject values) {

    /// A setting's value.
    public Optional<String> find(String name) {
      return values.string(name);
    }

    /// The texts of a setting that is a list; none when it is not set.
    public List<String> list(String name) {
      return find(name).filter(text -> !text.isEmpty()).stream()
          .flatMap(text -> Stream.of(text.split(" ")))
          .toList();
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
