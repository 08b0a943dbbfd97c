package io.recado.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateMaskTest {

  private static final List<String> KNOWN = List.of("displayName", "pigeon.ring", "pigeon.loft");

  @Test
  void withoutAMaskTheFieldsOfTheBodyAreCovered() {
    UpdateMask mask = UpdateMask.of(Optional.empty(), KNOWN);
    assertThat(mask.covers("displayName", true)).isTrue();
    assertThat(mask.covers("displayName", false)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "displayName, displayName, true",
    "displayName, pigeon.ring, false",
    "pigeon, pigeon.ring, true",
    "pigeon.loft, pigeon.ring, false",
    "*, pigeon.ring, true",
    "'displayName , pigeon.ring', pigeon.ring, true",
  })
  void aMaskCoversItsPathsAndWhatIsBelowWhateverTheBodyHolds(
      String given, String path, boolean covered) {
    UpdateMask mask = UpdateMask.of(Optional.of(given), KNOWN);
    assertThat(mask.covers(path, false)).isEqualTo(covered);
    assertThat(mask.covers(path, true)).isEqualTo(covered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"color", "displayName,,pigeon", "pigeon.", "pig", "display_name", "displayName.x"})
  void anUnknownPathIsRefused(String given) {
    assertThatExceptionOfType(ApiError.class)
        .isThrownBy(() -> UpdateMask.of(Optional.of(given), KNOWN))
        .satisfies(e -> assertThat(e.violations().getFirst().field()).isEqualTo("updateMask"));
  }

  @Test
  void theNearestPathIsNamed() {
    assertThatExceptionOfType(ApiError.class)
        .isThrownBy(() -> UpdateMask.of(Optional.of("displayname"), KNOWN))
        .withMessageContaining("Did you mean displayName?");
  }
}
