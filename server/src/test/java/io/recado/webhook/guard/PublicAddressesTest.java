package io.recado.webhook.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0.0.0.0, 0.255.255.255
          10.0.0.0, 10.255.255.255
          100.64.0.0, 100.127.255.255
          127.0.0.0, 127.255.255.255
          168.63.129.16, 168.63.129.16
          169.254.0.0, 169.254.255.255
          172.16.0.0, 172.31.255.255
          192.0.0.0, 192.0.0.255
          192.0.2.0, 192.0.2.255
          192.88.99.0, 192.88.99.255
          192.168.0.0, 192.168.255.255
          198.18.0.0, 198.19.255.255
          198.51.100.0, 198.51.100.255
          203.0.113.0, 203.0.113.255
          224.0.0.0, 239.255.255.255
          240.0.0.0, 255.255.255.255
          ::, ::1
          ::7f00:1, ::ffff
          64:ff9b::, 64:ff9b::ffff:ffff
          64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff
          100::, 100::ffff:ffff:ffff:ffff
          2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff
          2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff
          2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff
          3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff
          5f00::, 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff
          fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
          fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff
          fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
          ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
          """)
  void theFirstAndTheLastAddressOfAReservedNetworkAreNotPublic(String first, String last) {
    assertThat(isPublic(first)).isFalse();
    assertThat(isPublic(last)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "168.63.129.15",
        "168.63.129.17",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0",
        "192.0.3.0",
        "192.88.98.255",
        "192.88.100.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "198.51.101.0",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "2000::",
        "2001:200::",
        "2001:db7:ffff::",
        "2001:db9::",
        "2003::",
        "2606:2800:21f::1",
        "3ffe::",
        "3fff:1000::"
      })
  void theirNeighboursArePublic(String address) {
    assertThat(isPublic(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "fd00:ec2::254",
        "192.0.0.192",
        "::ffff:169.254.169.254",
        "2002:a9fe:a9fe::",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a9fe:a9fe",
        "::a9fe:a9fe"
      })
  void noCloudTellsItsSecretsUnderAnyNotation(String address) {
    assertThat(isPublic(address)).isFalse();
  }

  @Test
  void anIpv4AddressInAnIpv6OneIsJudgedAsWhatItIs() throws UnknownHostException {
    assertThat(PublicAddresses.contains(mapped(127, 0, 0, 1))).isFalse();
    assertThat(PublicAddresses.contains(mapped(8, 8, 8, 8))).isTrue();
  }

  /// Not through the usual ways, which give an IPv4 address at once.
  private static InetAddress mapped(int... inner) throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[10] = bytes[11] = (byte) 0xff;
    for (int i = 0; i < 4; i++) {
      bytes[12 + i] = (byte) inner[i];
    }
    return Inet6Address.getByAddress(null, bytes, 0);
  }

  private static boolean isPublic(String literal) {
    return PublicAddresses.contains(InetAddress.ofLiteral(literal));
  }
}
