package io.recado.http.server;

import io.recado.http.request.Headers;
import io.recado.network.AddressRange;
import java.net.InetAddress;
import java.util.List;

/// Finds the address from which a request comes. What `X-Forwarded-For` says is believed as far as
/// the proxies that say it are trusted: the last address that is no proxy of ours.
///
/// @param trusted the networks of the proxies
public record ClientAddress(List<AddressRange> trusted) {

  /// Copies the list.
  public ClientAddress {
    trusted = List.copyOf(trusted);
  }

  /// The client's address; that of the last proxy when what it says cannot be read.
  public InetAddress of(Headers headers) {
    InetAddress client = literal(headers.peer(), InetAddress.getLoopbackAddress());
    List<String> hops =
        headers.all("X-Forwarded-For").stream()
            .flatMap(header -> List.of(header.split(",")).stream())
            .map(String::strip)
            .toList();
    for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
      client = literal(hops.get(i), client);
    }
    return client;
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  /// Never asks the name service.
  private static InetAddress literal(String text, InetAddress otherwise) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      return otherwise;
    }
  }
}
