package io.recado.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.http.request.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionCookieTest {

  @Test
  void overTlsItIsBoundToTheHostAndToTls() {
    assertThat(new SessionCookie(true).set("abc"))
        .isEqualTo("__Host-recado=abc; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=604800");
    assertThat(new SessionCookie(true).clear())
        .isEqualTo("__Host-recado=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0");
  }

  @ParameterizedTest
  @CsvSource({
    "false, recado=abc, abc",
    "false, 'a=b; recado=abc', abc",
    "false, 'a=b;recado=abc ;c=d', abc",
    "false, '__Host-recado=abc', none",
    "true, '__Host-recado=abc', abc",
    "true, 'recado=abc', none",
    "false, 'recado=', none",
    "false, 'Recado=abc', none",
    "false, 'xrecado=abc', none"
  })
  void itIsFoundAmongOthersByItsExactName(boolean isSecure, String line, String token) {
    Headers headers = name -> name.equals("Cookie") ? line : null;
    assertThat(new SessionCookie(isSecure).read(headers).orElse("none")).isEqualTo(token);
  }
}
