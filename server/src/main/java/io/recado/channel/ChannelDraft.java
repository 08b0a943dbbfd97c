package io.recado.channel;

import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.Limits;
import io.recado.channel.Channel.RecipientLimit;
import io.recado.channel.Channel.State;
import io.recado.connector.Connector;
import io.recado.connector.Connector.Capabilities;
import io.recado.connector.Connector.ChannelSettings;
import io.recado.connector.Connector.Pace;
import io.recado.connector.Connector.Setting;
import io.recado.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a caller may set of a channel; each change gives a new draft.
record ChannelDraft(
    @Nullable String displayName,
    @Nullable String address,
    State state,
    @Nullable String defaultLanguage,
    ChannelSettings settings,
    Limits limits,
    InDoubt inDoubt) {

  /// A channel of which nothing was said: active, within the provider's documented limits.
  static ChannelDraft blank(Connector connector) {
    return new ChannelDraft(
        null,
        null,
        State.ACTIVE,
        null,
        new ChannelSettings(JsonObject.empty()),
        defaultLimits(connector.capabilities()),
        InDoubt.usual(connector.capabilities()));
  }

  static ChannelDraft of(Channel channel) {
    return new ChannelDraft(
        channel.displayName(),
        channel.address(),
        channel.state(),
        channel.defaultLanguage(),
        channel.settings(),
        channel.limits(),
        channel.inDoubt());
  }

  /// The limits of a channel that sets none.
  static Limits defaultLimits(Capabilities capabilities) {
    Pace pace = capabilities.pace();
    return new Limits(
        pace.messagesPerSecond() == 0 ? null : pace.messagesPerSecond(),
        pace.recipientInterval().isZero()
            ? null
            : new RecipientLimit(pace.recipientBurst(), pace.recipientInterval()));
  }

  /// The provider's name of the account; null when the type has none.
  @Nullable String account(Connector connector) {
    return connector.settings().stream()
        .filter(Setting::identifiesAccount)
        .findFirst()
        .flatMap(setting -> settings.find(setting.name()))
        .orElse(null);
  }

  ChannelDraft withDisplayName(Optional<String> value) {
    return new ChannelDraft(
        value.orElse(null), address, state, defaultLanguage, settings, limits, inDoubt);
  }

  ChannelDraft withAddress(Optional<String> value) {
    return new ChannelDraft(
        displayName, value.orElse(null), state, defaultLanguage, settings, limits, inDoubt);
  }

  ChannelDraft withState(State value) {
    return new ChannelDraft(
        displayName, address, value, defaultLanguage, settings, limits, inDoubt);
  }

  ChannelDraft withDefaultLanguage(Optional<String> value) {
    return new ChannelDraft(
        displayName, address, state, value.orElse(null), settings, limits, inDoubt);
  }

  ChannelDraft withSetting(String name, Optional<String> value) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(settings.values().fields());
    value.ifPresentOrElse(text -> values.put(name, text), () -> values.remove(name));
    ChannelSettings changed = new ChannelSettings(new JsonObject(values));
    return new ChannelDraft(displayName, address, state, defaultLanguage, changed, limits, inDoubt);
  }

  ChannelDraft withLimits(Limits value) {
    return new ChannelDraft(displayName, address, state, defaultLanguage, settings, value, inDoubt);
  }

  ChannelDraft withInDoubt(InDoubt value) {
    return new ChannelDraft(displayName, address, state, defaultLanguage, settings, limits, value);
  }
}
