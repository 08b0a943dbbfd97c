package io.recado.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.recado.testing.OpenApiContract;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class DocsRoutesTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
  private static WebServer server;

  @BeforeAll
  static void start() {
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing -> routing.register(new DocsRoutes()))
            .build()
            .start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @Test
  void theYamlIsTheFileOfTheRepository() throws Exception {
    HttpResponse<byte[]> answer = get("/openapi.yaml");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/yaml");
    try (InputStream file = DocsRoutesTest.class.getResourceAsStream("/openapi.yaml")) {
      assertThat(answer.body()).isEqualTo(file.readAllBytes());
    }
  }

  @Test
  void theJsonSaysTheSameAsTheYaml() throws Exception {
    HttpResponse<byte[]> answer = get("/openapi.json");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).startsWith("application/json");
    assertThat(JsonMapper.shared().readTree(answer.body()))
        .isEqualTo(OpenApiContract.load().document().root());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.yaml", "/openapi.json", "/docs"})
  void theAnswerIsTheDocumentedOne(String path) throws Exception {
    HttpResponse<byte[]> answer = get(path);
    OpenApiContract.load()
        .checkResponse(
            "GET", path, answer.statusCode(), header(answer, "Content-Type"), answer.body());
  }

  @Test
  void everythingThatThePageLoadsIsServedHereAndNamedWithoutTheHost() throws Exception {
    List<String> links = links();
    assertThat(links).hasSizeGreaterThan(5);
    for (String link : links) {
      assertThat(link).doesNotStartWith("/").doesNotContain("//");
      assertThat(get("/" + link).statusCode()).as(link).isEqualTo(200);
    }
  }

  @Test
  void thePageHasNoScriptOrStyleOfItsOwn() throws Exception {
    String page = text(get("/docs"));
    assertThat(page).doesNotContainPattern("<script>|<style|style=| on[a-z]+=");
    assertThat(page).doesNotContain("VERSION");
  }

  @Test
  void thePageLetsNothingElseIn() throws Exception {
    HttpResponse<byte[]> answer = get("/docs");
    assertThat(header(answer, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(answer, "Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void theRenderersFilesAreKeptForEverAndNotSentTwice() throws Exception {
    String bundle =
        links().stream().filter(link -> link.endsWith("-bundle.js")).findFirst().orElseThrow();
    HttpResponse<byte[]> first = get("/" + bundle);
    assertThat(first.body().length).isGreaterThan(1_000_000);
    assertThat(header(first, "Cache-Control")).contains("max-age=31536000", "immutable");
    assertThat(header(first, "Content-Type")).startsWith("text/javascript");
    HttpResponse<byte[]> again = get("/" + bundle, header(first, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.yaml", "/openapi.json", "/docs", "/docs/page.js"})
  void whatDidNotChangeIsNotSentTwice(String path) throws Exception {
    HttpResponse<byte[]> first = get(path);
    assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
    assertThat(get(path, header(first, "ETag")).statusCode()).isEqualTo(304);
    assertThat(get(path, "W/" + header(first, "ETag")).statusCode()).isEqualTo(304);
    assertThat(get(path, "\"another\"").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/page.html",
        "/docs/DocsRoutes.class",
        "/docs/..%2f..%2fopenapi.yaml",
        "/docs/0.0.0/swagger-ui.css",
        "/docs/0.0.0/index.html"
      })
  void nothingElseOfTheClassPathIsServed(String path) throws Exception {
    assertThat(get(path).statusCode()).isIn(400, 404);
  }

  @Test
  void otherFilesOfTheRenderersJarAreNotServed() throws Exception {
    String index = "/docs/" + Renderer.version() + "/index.html";
    assertThat(get(index).statusCode()).isEqualTo(404);
  }

  @Test
  void aSlashTooManyLeadsToThePage() throws Exception {
    HttpResponse<byte[]> answer = get("/docs/");
    assertThat(answer.statusCode()).isEqualTo(308);
    assertThat(URI.create("http://host/prefix/docs/").resolve(header(answer, "Location")))
        .hasToString("http://host/prefix/docs");
  }

  private static List<String> links() throws Exception {
    return LINK.matcher(text(get("/docs")))
        .results()
        .map(match -> match.group(1))
        .filter(link -> !link.startsWith("data:"))
        .toList();
  }

  private static HttpResponse<byte[]> get(String path, String... etag)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    for (String known : etag) {
      request.header("If-None-Match", known);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
