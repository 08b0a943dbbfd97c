package io.recado.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.http.request.Headers;
import io.recado.network.AddressRange;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientAddressTest {

  private static final ClientAddress BEHIND =
      new ClientAddress(Stream.of("10.0.0.0/8", "2001:db8::/32").map(AddressRange::parse).toList());

  @Test
  void withoutTrustedProxiesTheOtherEndIsTheClientWhateverItSays() {
    var plain = new ClientAddress(List.of());
    assertThat(of(plain, "203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
    assertThat(of(BEHIND, "203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
  }

  @Test
  void behindTrustedProxiesItIsTheLastAddressThatIsNoneOfThem() {
    assertThat(of(BEHIND, "10.0.0.1", "198.51.100.1")).isEqualTo("198.51.100.1");
    assertThat(of(BEHIND, "10.0.0.1", "192.0.2.66, 198.51.100.1, 10.0.0.2"))
        .isEqualTo("198.51.100.1");
    assertThat(of(BEHIND, "10.0.0.1", "192.0.2.66", "198.51.100.1")).isEqualTo("198.51.100.1");
    assertThat(of(BEHIND, "2001:db8::1", "2001:db9::7")).startsWith("2001:db9:");
    assertThat(of(BEHIND, "10.0.0.1", "10.0.0.3")).isEqualTo("10.0.0.3");
  }

  @Test
  void whatCannotBeReadIsTheProxysOwnAndAsksNoNameService() {
    assertThat(of(BEHIND, "10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(of(BEHIND, "10.0.0.1", "unknown")).isEqualTo("10.0.0.1");
    assertThat(of(BEHIND, "10.0.0.1", "localhost, 10.0.0.2")).isEqualTo("10.0.0.2");
    assertThat(of(BEHIND, "", "198.51.100.1")).isEqualTo("127.0.0.1");
  }

  private static String of(ClientAddress address, String peer, String... forwarded) {
    var headers =
        new Headers() {
          @Override
          public String apply(String name) {
            return all(name).isEmpty() ? null : all(name).getFirst();
          }

          @Override
          public List<String> all(String name) {
            return name.equals("X-Forwarded-For") ? List.of(forwarded) : List.of();
          }

          @Override
          public String peer() {
            return peer;
          }
        };
    return address.of(headers).getHostAddress();
  }
}
