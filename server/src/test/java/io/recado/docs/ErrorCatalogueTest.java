package io.recado.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Reason;
import io.recado.http.request.ErrorReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Holds docs/errors.md and the code's two lists of reasons equal.
class ErrorCatalogueTest {

  /// By part, by reason: what the catalogue says of it, in one line.
  private static final Map<String, Map<String, String>> PARTS = new LinkedHashMap<>();

  @BeforeAll
  static void read() throws IOException {
    Map<String, List<String>> entry = new LinkedHashMap<>();
    Map<String, Map<String, List<String>>> lines = new LinkedHashMap<>();
    List<String> text = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "errors.md"))) {
      if (line.startsWith("## ")) {
        entry = new LinkedHashMap<>();
        lines.put(line.substring(3), entry);
      } else if (line.startsWith("### ")) {
        text = new ArrayList<>();
        entry.put(line.substring(4).replace(" (of a message)", ""), text);
      } else if (!line.isBlank()) {
        text.add(line);
      }
    }
    lines.forEach(
        (part, reasons) ->
            PARTS.put(
                part,
                reasons.entrySet().stream()
                    .collect(
                        Collectors.toMap(
                            Map.Entry::getKey,
                            one -> String.join(" ", one.getValue()),
                            (first, _) -> first,
                            LinkedHashMap::new))));
  }

  @Test
  void everyReasonOfARefusalIsInTheCatalogueWithItsStatus() {
    Map<String, String> refusals = PARTS.get("Why a call was refused");
    assertThat(refusals.keySet()).containsExactlyElementsOf(names(ErrorReason.values()));
    for (ErrorReason reason : ErrorReason.values()) {
      assertThat(refusals.get(reason.name()))
          .startsWith(reason.httpStatus() + " `" + reason.status() + "` · repeat: ")
          .contains("**What to do:** ");
    }
  }

  @Test
  void everyReasonOfAFailureIsInTheCatalogueInTheWordsOfTheApi() {
    Map<String, String> failures = PARTS.get("Why a message failed");
    assertThat(failures.keySet()).containsExactlyElementsOf(names(Reason.values()));
    for (Reason reason : Reason.values()) {
      assertThat(failures.get(reason.name()))
          .startsWith("Again: " + (reason.isRetryable() ? "yes" : "no"))
          .contains(reason.sentence())
          .contains("**What to do:** " + reason.remedy());
    }
  }

  private static List<String> names(Enum<?>[] reasons) {
    return Arrays.stream(reasons).map(Enum::name).toList();
  }
}
