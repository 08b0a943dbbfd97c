package io.recado.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

  /// The checksum was computed with another implementation of CRC-32.
  private static final String KEY = "rcd_00000000000000000000000000000000" + "2wjyrI";

  @Test
  void aKeyHasThePublishedFormAndIsWellFormed() {
    Set<String> keys = new HashSet<>();
    var random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      String key = KeyText.make(random).reveal();
      assertThat(key).matches("rcd_[0-9A-Za-z]{38}");
      assertThat(KeyText.isWellFormed(key)).isTrue();
      keys.add(key);
    }
    assertThat(keys).hasSize(1_000);
  }

  @Test
  void theChecksumIsTheCrcOfTheBodyInBase62() {
    assertThat(KeyText.isWellFormed(KEY)).isTrue();
  }

  @Test
  void aKeyWithAnyOneCharacterChangedIsRefused() {
    String key = KeyText.make(new Random(1)).reveal();
    for (int i = 4; i < key.length(); i++) {
      char other = key.charAt(i) == 'x' ? 'y' : 'x';
      String changed = key.substring(0, i) + other + key.substring(i + 1);
      assertThat(KeyText.isWellFormed(changed)).as("at %d", i).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nineteen-characters",
        "twenty characters ok",
        "twenty-characters-ök",
        "rcd_x"
      })
  void whatCannotBeAKeyIsRefused(String text) {
    assertThat(KeyText.isWellFormed(text)).isFalse();
    assertThatThrownBy(() -> KeyText.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anOperatorsOwnKeyHasTwentyTo256VisibleCharacters() {
    assertThat(KeyText.of("x".repeat(20)).reveal()).hasSize(20);
    assertThat(KeyText.isWellFormed("x".repeat(256))).isTrue();
    assertThat(KeyText.isWellFormed("x".repeat(257))).isFalse();
  }

  @Test
  void aKeyIsKnownAgainByItsEndsAndNeverPrinted() {
    KeyText key = KeyText.make(new Random(1));
    String end = key.reveal().substring(38);
    assertThat(key.hint()).isEqualTo("rcd_…" + end);
    assertThat(key.toString()).doesNotContain(key.reveal().substring(4, 30));
    assertThat(KeyText.of("my-own-admin-key-1234").hint()).isEqualTo("…1234");
  }

  @Test
  void theHashIsSha256() {
    KeyHash hash = KeyText.of("abcdefghijklmnopqrstuvwxyz").hash();
    assertThat(hash.bytes())
        .asHexString()
        .isEqualToIgnoringCase("71c480df93d6ae2f1efad1447c66c9525e316218cf51fc8d9ed832f2daf18b73");
  }
}
