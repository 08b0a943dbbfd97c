package io.recado.connector;

import java.util.List;
import java.util.Optional;

/// Everything by which one person is known on one channel; a connector picks what it can send to.
///
/// @param identifiers at least one, the oldest first
public record Address(List<Identifier> identifiers) {

  /// Copies the list.
  public Address {
    identifiers = List.copyOf(identifiers);
  }

  /// The newest identifier of a scheme.
  public Optional<String> find(String scheme) {
    return identifiers.reversed().stream()
        .filter(identifier -> identifier.scheme().equals(scheme))
        .map(Identifier::value)
        .findFirst();
  }
}
