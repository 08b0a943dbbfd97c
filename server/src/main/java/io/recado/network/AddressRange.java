package io.recado.network;

import java.net.InetAddress;
import java.util.Arrays;

/// A network in CIDR notation, such as `10.0.0.0/8` or `fd00::/8`. A single address is a network of
/// one.
///
/// @param network its lowest address
/// @param prefixLength how many of the address's bits it fixes
public record AddressRange(InetAddress network, int prefixLength) {

  /// Reads one; never asks the name service.
  ///
  /// @throws IllegalArgumentException when the text is no network, or an address in the middle of
  ///   one
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int most = address.getAddress().length * 8;
    int length = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (length < 0 || length > most) {
      throw new IllegalArgumentException("a prefix has 0 to " + most + " bits");
    }
    var range = new AddressRange(address, length);
    if (!Arrays.equals(masked(address.getAddress(), length), address.getAddress())) {
      throw new IllegalArgumentException("the address is not the first of its network");
    }
    return range;
  }

  /// Whether the address is in the network. IPv4 and IPv6 are strangers to each other.
  public boolean contains(InetAddress address) {
    return Arrays.equals(masked(address.getAddress(), prefixLength), network.getAddress());
  }

  private static byte[] masked(byte[] address, int length) {
    byte[] masked = address.clone();
    for (int i = 0; i < masked.length; i++) {
      int bits = Math.clamp(length - i * 8L, 0, 8);
      masked[i] &= (byte) (0xff00 >> bits);
    }
    return masked;
  }

  /// In CIDR notation.
  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefixLength;
  }
}
