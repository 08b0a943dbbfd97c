package io.recado.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.recado.testing.OpenApiContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The console's files as a browser gets them.
class ConsoleRoutesTest {

  /// What a first visit may load, compressed.
  private static final int FIRST_LOAD = 250_000;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"(\\./console/[^\"]+)\"");
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>");
  private static final Pattern IMPORTED =
      Pattern.compile("(?:\\bfrom\\s*|\\bimport\\s*\\(?\\s*)[\"']([^\"'\\s]+)[\"']");
  private static final Pattern IMPORTED_AT_START =
      Pattern.compile("(?m)^import (?:[^'\"]+ from )?'([^']+)'");
  private static WebServer server;

  @BeforeAll
  static void start() {
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing -> routing.register(new ConsoleRoutes()))
            .build()
            .start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @Test
  void thePageIsTheDocumentedOne() throws Exception {
    HttpResponse<byte[]> answer = get("/");
    OpenApiContract.load()
        .checkResponse(
            "GET", "/", answer.statusCode(), header(answer, "Content-Type"), answer.body());
  }

  @Test
  void everythingThatThePageLoadsIsServedHereAndNamedWithoutTheHost() throws Exception {
    List<String> links = links();
    assertThat(links).hasSizeGreaterThan(20);
    for (String link : links) {
      assertThat(get(link).statusCode()).as(link).isEqualTo(200);
    }
    assertThat(page()).doesNotContain("IMPORT_MAP").doesNotContain("PRELOADS");
  }

  @Test
  void everyModuleFindsWhatItImports() throws Exception {
    for (String module : modules(List.of(app()))) {
      assertThat(get(module).statusCode()).as(module).isEqualTo(200);
    }
  }

  @Test
  void theModulesOfTheFirstPageAreFetchedAtOnce() throws Exception {
    String own = own();
    Set<String> needed = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(app()));
    while (!open.isEmpty()) {
      String module = open.poll();
      if (needed.add(module) && module.startsWith(own)) {
        open.addAll(imports(module, IMPORTED_AT_START));
      }
    }
    assertThat(links()).containsAll(needed);
  }

  @Test
  void aFirstVisitLoadsLessThanItsLimit() throws Exception {
    long bytes = compressed("/").body().length;
    for (String link : new LinkedHashSet<>(links())) {
      bytes += compressed(link).body().length;
    }
    bytes += compressed(own() + "languages/es.json").body().length;
    assertThat(bytes).isLessThan(FIRST_LOAD);
  }

  @Test
  void whatIsCompressedIsTheSame() throws Exception {
    for (String path : List.of("/", app())) {
      HttpResponse<byte[]> gzip = compressed(path);
      assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
      assertThat(header(gzip, "Vary")).isEqualToIgnoringCase("Accept-Encoding");
      try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
        assertThat(in.readAllBytes()).isEqualTo(get(path).body());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "br, gzip|true",
        "gzip;q=0.5|true",
        "gzip; q=0|false",
        "gzip;q=0.000|false",
        "br|false",
        "identity|false",
        "x-gzipped|false"
      })
  void itIsCompressedForThoseWhoTakeIt(String accepted, boolean isCompressed) throws Exception {
    HttpResponse<byte[]> answer = get("/", "Accept-Encoding", accepted);
    assertThat(header(answer, "Content-Encoding").equals("gzip")).isEqualTo(isCompressed);
  }

  @Test
  void thePolicyAllowsTheImportMapByItsHashAndNoOtherInlineCode() throws Exception {
    String policy = header(get("/"), "Content-Security-Policy");
    byte[] map = importMap().getBytes(StandardCharsets.UTF_8);
    String hash =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(map));
    assertThat(policy)
        .contains("default-src 'none'", "script-src 'self' 'sha256-" + hash + "';")
        .contains("style-src 'self';", "frame-ancestors 'none'", "base-uri 'none'")
        .contains("require-trusted-types-for 'script'")
        .doesNotContain("unsafe-");
    assertThat(page().replace(importMap(), ""))
        .doesNotContainPattern("<script(?![^>]* src=)[^>]*>[^<]")
        .doesNotContain("<style", " style=", " onclick=");
  }

  @Test
  void thePageIsAskedForAnewAndItsFilesAreKeptForEver() throws Exception {
    HttpResponse<byte[]> page = get("/");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
    HttpResponse<byte[]> again = get("/", "If-None-Match", header(page, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get("/", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    for (String link : links()) {
      assertThat(header(get(link), "Cache-Control"))
          .isEqualTo("public, max-age=31536000, immutable");
    }
  }

  @Test
  void everyAnswerForbidsToGuessItsTypeAndToTellWhereItWasRead() throws Exception {
    for (String path : List.of("/", app())) {
      HttpResponse<byte[]> answer = get(path);
      assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/",
        "/console/app.js",
        "/console/0123456789abcdef/app.js",
        "/console/lit@0.0.0/index.js",
        "/console/OWN/page.html",
        "/console/OWN/eager.txt",
        "/console/OWN/Site.class",
        "/console/OWN/../page.html",
        "/console/OWN/core/../../docs/page.js",
        "/console/OWN/nothing.js"
      })
  void whatIsNoFileOfTheConsoleIsNotServed(String path) throws Exception {
    String hash = own().replaceFirst("^/console/", "").replace("/", "");
    assertThat(get(path.replace("OWN", hash)).statusCode()).isEqualTo(404);
  }

  private static Set<String> modules(List<String> from) throws Exception {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      String module = open.poll();
      if (seen.add(module)) {
        open.addAll(imports(module, IMPORTED));
      }
    }
    return seen;
  }

  private static List<String> imports(String module, Pattern pattern) throws Exception {
    List<String> found = new ArrayList<>();
    var matcher = pattern.matcher(new String(get(module).body(), StandardCharsets.UTF_8));
    while (matcher.find()) {
      found.add(resolved(module, matcher.group(1)));
    }
    return found;
  }

  private static String resolved(String module, String name) throws Exception {
    if (name.startsWith(".")) {
      return URI.create(module).resolve(name).toString();
    }
    JsonNode imports = JsonMapper.shared().readTree(importMap()).path("imports");
    String best = "";
    for (String key : imports.propertyNames()) {
      boolean fits = key.equals(name) || key.endsWith("/") && name.startsWith(key);
      if (fits && key.length() > best.length()) {
        best = key;
      }
    }
    assertThat(best).as("what %s of %s means", name, module).isNotEmpty();
    return imports.path(best).asString().substring(1) + name.substring(best.length());
  }

  private static String app() throws Exception {
    return own() + "app.js";
  }

  /// The folder of the console's own files.
  private static String own() throws Exception {
    return links().stream()
        .filter(link -> link.endsWith("/app.js"))
        .findFirst()
        .orElseThrow()
        .replaceFirst("app\\.js$", "");
  }

  private static List<String> links() throws Exception {
    return LINK.matcher(page()).results().map(link -> link.group(1).substring(1)).toList();
  }

  private static String importMap() throws Exception {
    return IMPORT_MAP.matcher(page()).results().findFirst().orElseThrow().group(1);
  }

  private static String page() throws Exception {
    return new String(get("/").body(), StandardCharsets.UTF_8);
  }

  private static HttpResponse<byte[]> compressed(String path) throws Exception {
    return get(path, "Accept-Encoding", "gzip");
  }

  private static HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    var request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
