package io.recado;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.OpenApiDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds what the documents name against what there is: files, headings, settings, routes, metrics,
/// sources and tests.
class DocumentsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> FOLDERS_LEFT_OUT = Set.of("target", ".git", "data", ".cache");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```");
  private static final Pattern SETTING = Pattern.compile("RECADO_[A-Z][A-Z_]*(?![A-Z_…])");
  private static final Pattern ROUTE = Pattern.compile("/v1/[A-Za-z{][A-Za-z0-9{}/:]*");
  private static final Pattern METRIC = Pattern.compile("`(recado_[a-z_]+)[`{]");
  private static final Pattern SOURCE = Pattern.compile("`((?:[a-z]+/)+[A-Z][A-Za-z]+)`");
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+Test)`");

  @Test
  void everyLinkLeadsToAFileAndEveryFragmentToAHeading() {
    assertThat(findings(LINK, Predicate.not(this::isRight))).isEmpty();
  }

  @Test
  void everySettingThatIsNamedExists() {
    Set<String> known =
        Arrays.stream(Setting.values())
            .flatMap(setting -> Stream.of(setting.variable(), setting.variable() + Setting.FILE))
            .collect(Collectors.toSet());

    assertThat(findings(SETTING, finding -> !known.contains(finding.text))).isEmpty();
  }

  @Test
  void everyRouteThatIsNamedExists() {
    Set<String> known =
        OpenApiDocument.load()
            .root()
            .path("paths")
            .propertyStream()
            .map(path -> withoutNames(path.getKey()))
            .collect(Collectors.toSet());

    assertThat(findings(ROUTE, finding -> !known.contains(withoutNames(finding.text)))).isEmpty();
  }

  @Test
  void everyMetricThatIsNamedExists() throws IOException {
    String sources = sources();

    assertThat(
            findings(
                METRIC,
                finding ->
                    !sources.contains("\"" + finding.text.replaceAll("_(bucket|count|sum)$", ""))))
        .isEmpty();
  }

  @Test
  void everySourceThatIsNamedExists() {
    Path sources = ROOT.resolve("server/src/main/java/io/recado");

    assertThat(findings(SOURCE, finding -> !Files.exists(sources.resolve(finding.text + ".java"))))
        .isEmpty();
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Set<String> tests;
    try (Stream<Path> server = Files.walk(ROOT.resolve("server/src/test/java"));
        Stream<Path> oracle = Files.walk(ROOT.resolve("prove/src/test/java"));
        Stream<Path> browser = Files.walk(ROOT.resolve("browser/src/test/java"))) {
      tests =
          Stream.of(server, oracle, browser)
              .flatMap(files -> files)
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toSet());
    }

    assertThat(findings(TEST, finding -> !tests.contains(finding.text + ".java"))).isEmpty();
  }

  @Test
  void whatDoesNotExistIsFound() {
    assertThat(findings(SETTING, _ -> true)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(findings(ROUTE, _ -> true)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(findings(SOURCE, _ -> true)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(findings(TEST, _ -> true)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(METRIC.matcher("`recado_messages_in_doubt`").find()).isTrue();
    assertThat(new Finding(ROOT.resolve("README.md"), "docs/none.md")).matches(f -> !isRight(f));
    assertThat(new Finding(ROOT.resolve("docs/api.md"), "errors.md#none"))
        .matches(f -> !isRight(f));
    assertThat(new Finding(ROOT.resolve("docs/api.md"), "errors.md")).matches(this::isRight);
    assertThat(withoutNames("/v1/channels/6633a1b2c4d5e6f7a8b9c0d1:sendMessage"))
        .isEqualTo(withoutNames("/v1/channels/{channelId}:sendMessage"))
        .isNotEqualTo(withoutNames("/v1/channels/{channelId}:send"));
  }

  private boolean isRight(Finding link) {
    if (link.text.contains("://")) {
      return true;
    }
    String[] parts = link.text.split("#", 2);
    Path target = parts[0].isEmpty() ? link.document : link.document.getParent().resolve(parts[0]);
    if (!Files.exists(target)) {
      return false;
    }
    return parts.length == 1 || headings(target).contains(parts[1]);
  }

  /// The anchors of a document's headings, as repositories' pages make them.
  private static Set<String> headings(Path document) {
    return read(document)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceAll("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static String withoutNames(String path) {
    return path.replaceAll("\\{[A-Za-z]+}|[0-9a-f]{24}", "{}").replaceAll("[:/.]$", "");
  }

  private static Set<String> findings(Pattern pattern, Predicate<Finding> isWrong) {
    Set<String> wrong = new TreeSet<>();
    for (Path document : documents()) {
      String text = read(document);
      Matcher matcher = pattern.matcher(pattern == LINK ? CODE.matcher(text).replaceAll("") : text);
      while (matcher.find()) {
        var finding = new Finding(document, matcher.group(matcher.groupCount() == 0 ? 0 : 1));
        if (isWrong.test(finding)) {
          wrong.add(ROOT.relativize(document) + ": " + finding.text);
        }
      }
    }
    return wrong;
  }

  private static List<Path> documents() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(
              file ->
                  Stream.iterate(file, f -> !f.equals(ROOT), Path::getParent)
                      .noneMatch(f -> FOLDERS_LEFT_OUT.contains(f.getFileName().toString())))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("server/src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(DocumentsTest::read)
          .collect(Collectors.joining());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Something that a document names.
  private record Finding(Path document, String text) {}
}
