package io.recado.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterNamesTest {

  @ParameterizedTest
  @CsvSource({
    "order_number, orderNumber",
    "status, status",
    "a_b_c, aBC",
    "line_2_text, line2Text",
    "_private, _private",
    "end_, end",
    "double__score, doubleScore",
    "orderNumber, orderNumber",
    "1, 1",
    "10, 10",
    "order_number order_status, orderNumber orderStatus",
    "order_number orderNumber, order_number orderNumber",
    "a_b a__b, a_b a__b",
    "a_b a__b c_d, a_b a__b cD",
  })
  void namesAreShownInCamelCaseUnlessTwoWouldBeAlike(String provider, String shown) {
    assertThat(ParameterNames.of(List.of(provider.split(" ")))).containsExactly(shown.split(" "));
  }
}
