package io.recado.channel;

import io.recado.connector.Connector;
import io.recado.connector.Connector.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The kinds of channel that this server has. Immutable.
public final class Connectors {

  private final Map<String, Connector> byType = new LinkedHashMap<>();

  /// @param connectors one per type, in the order in which a person should be offered them
  public Connectors(List<Connector> connectors) {
    connectors.forEach(connector -> byType.put(connector.type(), connector));
  }

  /// The connector of a type such as `WHATSAPP`.
  public Optional<Connector> find(String type) {
    return Optional.ofNullable(byType.get(type));
  }

  /// As [#find], of a channel that exists.
  ///
  /// @throws IllegalStateException when this server was started without it
  public Connector require(String type) {
    return find(type)
        .orElseThrow(() -> new IllegalStateException("there is no connector for " + type));
  }

  /// All of them.
  public List<Connector> all() {
    return List.copyOf(byType.values());
  }

  /// The types.
  public Set<String> types() {
    return byType.keySet();
  }

  /// The names of a type's secret settings.
  Set<String> secrets(String type) {
    return require(type).settings().stream()
        .filter(Setting::secret)
        .map(Setting::name)
        .collect(Collectors.toSet());
  }
}
