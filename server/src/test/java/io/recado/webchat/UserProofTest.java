package io.recado.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserProofTest {

  /// RFC 4231, test case 2.
  @Test
  void itIsTheHmacOfTheId() {
    String hash = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    assertThat(UserProof.isRight("Jefe", "what do ya want for nothing?", hash)).isTrue();
    assertThat(UserProof.isRight("jefe", "what do ya want for nothing?", hash)).isFalse();
    assertThat(UserProof.isRight("Jefe", "what do ya want for something?", hash)).isFalse();
  }
}
