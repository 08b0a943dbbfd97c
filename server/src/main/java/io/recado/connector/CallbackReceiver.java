package io.recado.connector;

import io.recado.connector.Connector.ChannelSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How a network calls us over HTTP: proves who it is, and what its calls mean. Pure functions;
/// used by many threads at once.
public interface CallbackReceiver {

  /// Answers the network's question whether this address is ours to use.
  ///
  /// @param query the query parameters by name; null for one that was not given
  /// @return the body to answer with, as plain text; empty when the token is wrong, which is
  ///   answered 403
  Optional<String> handshake(ChannelSettings settings, Function<String, Optional<String>> query);

  /// Whether a call may be the network's, as far as its headers tell: the body of one that cannot
  /// be is not even read. Always true for networks that prove themselves within the body.
  ///
  /// @param header the request headers by name, in any case
  default boolean isSigned(Function<String, Optional<String>> header) {
    return true;
  }

  /// Whether the network made this call, by the raw bytes as they came.
  ///
  /// @param header the request headers by name, in any case
  boolean isAuthentic(
      ChannelSettings settings, Function<String, Optional<String>> header, byte[] body);

  /// What the call tells, in its order. Whatever cannot be understood becomes
  /// [ProviderEvent.Unreadable]; nothing is dropped.
  ///
  /// @throws io.recado.json.MalformedJson when the body is not JSON at all
  List<ProviderEvent> parse(byte[] body);
}
