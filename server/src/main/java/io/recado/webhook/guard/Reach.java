package io.recado.webhook.guard;

import io.recado.network.AddressRange;
import java.net.InetAddress;
import java.util.List;

/// Where calls may lead.
enum Reach {
  /// To hosts all of whose addresses are public, or all of whose addresses the operator allows.
  PUBLIC,

  /// Only to hosts all of whose addresses the operator allows, since the URL breaks a rule that
  /// only this lifts.
  ALLOWED;

  boolean permits(List<InetAddress> addresses, List<AddressRange> allowed) {
    if (addresses.isEmpty()) {
      return false;
    }
    return addresses.stream().allMatch(address -> isIn(allowed, address))
        || this == PUBLIC && addresses.stream().allMatch(PublicAddresses::contains);
  }

  private static boolean isIn(List<AddressRange> allowed, InetAddress address) {
    InetAddress plain = PublicAddresses.unmapped(address);
    return allowed.stream().anyMatch(range -> range.contains(plain));
  }
}
