package io.recado.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.http.request.ApiError;
import io.recado.http.request.Fields;
import io.recado.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

  @ParameterizedTest
  @CsvSource({
    "+573193210329, +573193210329",
    "+57 319 321 0329, +573193210329",
    "+57 (319) 321-0329, +573193210329",
    "' +573193210329 ', +573193210329",
    "+5511987654321, +5511987654321",
    "+551187654321, +551187654321",
    "+52 1 55 1234 5678, +5215512345678",
    "+5491123456789, +5491123456789",
    "+14155552671, +14155552671"
  })
  void aNumberIsNormalisedToE164(String given, String normalised) {
    assertThat(PhoneNumber.normalise(given)).contains(normalised);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "573193210329",
        "3193210329",
        "0057 319 3210329",
        "+",
        "+0123456789",
        "+57",
        "+5731932103291234567",
        "+999999999999",
        "hello",
        "+57 319 ABC",
        "+57;ext=1"
      })
  void whatCannotBeANumberIsRefused(String given) {
    assertThat(PhoneNumber.normalise(given)).isEmpty();
  }

  @Test
  void aPossibleNumberIsTakenEvenWhenNoPlanKnowsIt() {
    // 10 digits in a range that the numbering plan of Colombia has not given out.
    assertThat(PhoneNumber.normalise("+579990000003")).contains("+579990000003");
  }

  @Test
  void aWrongFieldSaysWhatANumberLooksLike() {
    var fields = new Fields(JsonObject.builder().with("to", "12").build());

    assertThat(PhoneNumber.read(fields, "to")).isEmpty();

    assertThatThrownBy(fields::check)
        .isInstanceOf(ApiError.class)
        .hasMessageContaining("to: ")
        .hasMessageContaining("+573193210329");
  }
}
