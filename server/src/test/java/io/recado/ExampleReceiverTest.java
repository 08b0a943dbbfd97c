package io.recado;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the sandbox's example receiver of webhooks shows to a person.
class ExampleReceiverTest {

  private static final Pattern URL =
      Pattern.compile("http://127\\.0\\.0\\.1:\\d+/example-receiver");

  private final JsonMapper json = JsonMapper.builder().build();

  @TempDir private Path folder;

  @Test
  void itIsToldOfTheFirstMessagesSignedAlsoAfterTheSandboxHasBeenStartedAgain() throws Exception {
    try (var sandbox = RunningSandbox.start(folder)) {
      awaitVerified(url(sandbox));
      assertThat(unsigned(url(sandbox))).isEqualTo(401);
    }
    try (var sandbox = RunningSandbox.start(folder)) {
      awaitVerified(url(sandbox));
    }
  }

  private static String url(RunningSandbox sandbox) {
    Matcher url = URL.matcher(sandbox.welcome());
    assertThat(url.find()).isTrue();
    return url.group();
  }

  private void awaitVerified(String url) {
    Await.until(
        "verified deliveries at " + url,
        () -> deliveries(url),
        found -> found.size() > 0 && found.get(0).path("verified").asBoolean());
  }

  private JsonNode deliveries(String url) {
    return json.readTree(call(HttpRequest.newBuilder(URI.create(url)).build())).path("deliveries");
  }

  private int unsigned(String url) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).statusCode();
    }
  }

  private static String call(HttpRequest request) {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
