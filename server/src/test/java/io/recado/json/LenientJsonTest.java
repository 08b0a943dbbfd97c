package io.recado.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read of systems that cannot be told to send better JSON.
class LenientJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a\\u0000b             | a\uFFFDb
          \\ud83d               | \uFFFD
          \\udc4d\\ud83d        | \uFFFD\uFFFD
          \\ud83d\\ud83d\\udc4d | \uFFFD👍
          \\ud83d\\udc4d        | 👍
          ñ                     | ñ
          """)
  void whatNoDatabaseStoresIsReplacedAndTheRestKept(String escaped, String expected) {
    JsonObject read =
        Json.readObjectLeniently(("{\"text\":\"" + escaped + "\",\"next\":1}").getBytes(UTF_8));

    assertThat(read.string("text")).contains(expected);
    assertThat(read.number("next")).contains(1L);
    assertThat(Json.readObject(Json.write(read))).isEqualTo(read);
  }

  @Test
  void bytesThatAreNotUtf8AreReplaced() {
    assertThat(Json.readObjectLeniently("{\"a\":\"ñ\"}".getBytes(ISO_8859_1)).string("a"))
        .contains("\uFFFD");
  }

  @Test
  void ofAFieldGivenTwiceTheLastCounts() {
    assertThat(Json.readObjectLeniently("{\"a\":1,\"a\":2}".getBytes(UTF_8)).number("a"))
        .contains(2L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "1", "{", "{}{}", "{'a':1}", "<html>", "{\"a\":NaN}"})
  void whatIsNoJsonObjectIsMalformed(String text) {
    assertThatThrownBy(() -> Json.readObjectLeniently(text.getBytes(UTF_8)))
        .isInstanceOf(MalformedJson.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e2147483647", "-1e2147483647", "1e-2147483647", "1e400"})
  void aNumberBeyondAllMeasureIsReadAsOne(String number) {
    assertThat(Json.readObjectLeniently(("{\"a\":" + number + "}").getBytes(UTF_8)).value("a"))
        .isInstanceOf(BigDecimal.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e2147483648", "1e-2147483648", "1e99999999999", "-2.5E+99999999999"})
  void anExponentThatNoNumberHoldsIsMalformed(String number) {
    byte[] json = ("{\"a\":" + number + "}").getBytes(UTF_8);

    assertThatThrownBy(() -> Json.readObjectLeniently(json)).isInstanceOf(MalformedJson.class);
    assertThatThrownBy(() -> Json.readObject(json))
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining("exponent");
  }

  @Test
  void whatWasStoredOnceCanBeReadForEver() {
    var halfACharacter = JsonObject.builder().with("words", "x\ud83d").build();

    assertThat(Json.readStored(Json.text(halfACharacter)).string("words")).contains("x\uFFFD");
  }

  @Test
  void theDepthIsLimitedAndTheNumberOfValuesIsNot() {
    assertThatThrownBy(
            () ->
                Json.readObjectLeniently(
                    ("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}").getBytes(UTF_8)))
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining("32 levels");
    assertThat(
            Json.readObjectLeniently(("{\"a\":[" + "1,".repeat(200_000) + "1]}").getBytes(UTF_8))
                .items("a"))
        .hasSize(200_001);
  }
}
