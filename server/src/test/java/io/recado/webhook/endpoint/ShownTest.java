package io.recado.webhook.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.journal.Id;
import io.recado.webhook.endpoint.EndpointStore.Shown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/hook?token=4711, shop.example",
    "https://shop.example:8443?list={a|b}, shop.example",
    "https://my_shop.example, my_shop.example",
    "http://[2001:db8::1]:8080/hook, [2001:db8::1]"
  })
  void anEndpointIsShownByItsHostAlone(String url, String host) {
    assertThat(Shown.of(new Id(1, 2), url).host()).isEqualTo(host);
  }
}
