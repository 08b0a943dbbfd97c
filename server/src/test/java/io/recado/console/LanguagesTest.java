package io.recado.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The console's texts: every language says the same things, and nothing is said that no language
/// has.
class LanguagesTest {

  private static final SortedMap<String, byte[]> FILES = Sources.read();
  private static final Pattern TEXT = Pattern.compile("\\bt\\('([a-zA-Z.0-9]+)'");
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  static Stream<String> languages() {
    return FILES.keySet().stream().filter(name -> name.startsWith("languages/"));
  }

  @Test
  void thereAreEnglishAndSpanish() {
    assertThat(languages()).contains("languages/en.json", "languages/es.json");
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyLanguageHasEveryTextWithTheSameParameters(String file) {
    assertThat(parameters(file)).isEqualTo(parameters("languages/en.json"));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void noTextIsEmptyAndEveryPluralHasItsLastResort(String file) {
    texts(file)
        .forEachEntry(
            (key, text) -> {
              assertThat(text.isObject() ? text.path("other").asString("") : text.asString(""))
                  .as(key)
                  .isNotBlank();
            });
  }

  @Test
  void everyTextThatTheConsoleSaysIsThere() {
    Set<String> said = new TreeSet<>();
    FILES.forEach(
        (name, bytes) -> {
          if (name.endsWith(".js")) {
            TEXT.matcher(new String(bytes, StandardCharsets.UTF_8))
                .results()
                .map(text -> text.group(1))
                .filter(key -> !key.endsWith("."))
                .forEach(said::add);
          }
        });
    assertThat(said).hasSizeGreaterThan(100);
    said.removeAll(texts("languages/en.json").propertyNames());
    assertThat(said).isEmpty();
  }

  @Test
  void everyLanguageFileIsOffered() {
    String offered = new String(FILES.get("core/i18n.js"), StandardCharsets.UTF_8);
    assertThat(languages())
        .allSatisfy(
            file ->
                assertThat(offered)
                    .contains(file.replaceAll("languages/(.*)\\.json", "$1") + ": '"));
  }

  private static Map<String, Set<String>> parameters(String file) {
    Map<String, Set<String>> parameters = new TreeMap<>();
    texts(file)
        .forEachEntry(
            (key, text) ->
                parameters.put(
                    key,
                    PARAMETER
                        .matcher(text.toString())
                        .results()
                        .map((MatchResult one) -> one.group(1))
                        .collect(Collectors.toCollection(TreeSet::new))));
    return parameters;
  }

  private static JsonNode texts(String file) {
    return JsonMapper.shared().readTree(FILES.get(file));
  }
}
