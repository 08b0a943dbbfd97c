package io.recado.connector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProviderAnswerTest {

  @Test
  void whatCannotBeStoredIsLeftOut() {
    var answer = new ProviderAnswer(400, "13\0" + "001", "no\0 such\0 user");

    assertThat(answer.code()).isEqualTo("13001");
    assertThat(answer.message()).isEqualTo("no such user");
  }

  @Test
  void aLongMessageIsNotCutInTheMiddleOfACharacter() {
    String emoji = "😀";

    assertThat(new ProviderAnswer(400, null, "x".repeat(499) + emoji).message()).hasSize(499);
    assertThat(new ProviderAnswer(400, null, "x".repeat(498) + emoji + "y").message())
        .isEqualTo("x".repeat(498) + emoji);
  }

  @Test
  void aLongMessageIsCut() {
    assertThat(new ProviderAnswer(400, null, "x".repeat(501)).message()).hasSize(500);
  }
}
