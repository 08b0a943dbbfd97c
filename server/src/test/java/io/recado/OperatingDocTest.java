package io.recado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds docs/operating.md equal to the settings.
class OperatingDocTest {

  @Test
  void theTableHoldsEverySettingAsItIs() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("../docs/operating.md")).stream()
            .filter(line -> line.startsWith("| `RECADO_"))
            .toList();

    assertThat(documented).isEqualTo(Arrays.stream(Setting.values()).map(this::row).toList());
  }

  private String row(Setting setting) {
    return "| `%s` | %s | %s |"
        .formatted(setting.variable(), setting.shownDefault(), setting.meaning());
  }
}
