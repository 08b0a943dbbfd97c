package io.recado.webhook.guard;

import io.recado.network.AddressRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses belong to hosts of the public internet.
///
/// Source: IANA's special-purpose address registries for IPv4 and IPv6, read in November 2026. Of
/// IPv6 only `2000::/3` is given out to hosts, so whatever lies outside needs no entry of its own:
/// loopback, link-local, unique local, site-local and multicast addresses, NAT64 (`64:ff9b::/96`,
/// which would lead back to any IPv4 address), the discard prefix and the segment routing block.
final class PublicAddresses {

  private static final AddressRange GLOBAL_UNICAST = AddressRange.parse("2000::/3");

  private static final List<AddressRange> RESERVED =
      Stream.of(
              "0.0.0.0/8", // this network
              "10.0.0.0/8", // private
              "100.64.0.0/10", // shared by carriers; also a cloud's metadata, 100.100.100.200
              "127.0.0.0/8", // loopback
              "168.63.129.16/32", // public by its form; a cloud's metadata and DHCP
              "169.254.0.0/16", // link-local; most clouds' metadata
              "172.16.0.0/12", // private
              "192.0.0.0/24", // protocol assignments
              "192.0.2.0/24", // documentation
              "192.88.99.0/24", // 6to4 relays
              "192.168.0.0/16", // private
              "198.18.0.0/15", // benchmarks
              "198.51.100.0/24", // documentation
              "203.0.113.0/24", // documentation
              "224.0.0.0/4", // multicast
              "240.0.0.0/4", // reserved, and broadcast
              "2001::/23", // protocol assignments: Teredo, ORCHID
              "2001:db8::/32", // documentation
              "2002::/16", // 6to4, which would lead to any IPv4 address
              "3fff::/20") // documentation
          .map(AddressRange::parse)
          .toList();

  private static final byte[] MAPPED_PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private PublicAddresses() {}

  /// Whether a host at this address is on the public internet. An IPv4 address that is written as
  /// an IPv6 one (`::ffff:0:0/96`) is judged as what it is.
  static boolean contains(InetAddress address) {
    InetAddress plain = unmapped(address);
    return (plain instanceof Inet4Address || GLOBAL_UNICAST.contains(plain))
        && RESERVED.stream().noneMatch(range -> range.contains(plain));
  }

  /// The IPv4 address inside of a mapped one; any other as it is.
  static InetAddress unmapped(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != 16 || !Arrays.equals(bytes, 0, 12, MAPPED_PREFIX, 0, 12)) {
      return address;
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}
