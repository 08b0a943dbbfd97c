package io.recado.browser.stage;

import com.microsoft.playwright.APIRequest;
import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.RequestOptions;
import io.recado.SandboxOnStage;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The public API of the sandbox, with its admin key: what the business's own programs do while a
/// visitor looks on.
public final class Api implements AutoCloseable {

  /// The sandbox's channel.
  public static final String CHANNEL = "/v1/channels/6633a1b2c4d5e6f7a8b9c0d1";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int TRIES = 500;
  private static final long PAUSE_NANOS = 20_000_000;

  private final APIRequestContext request;
  private final SandboxOnStage sandbox;

  Api(Playwright driver, SandboxOnStage sandbox) {
    this.sandbox = sandbox;
    request =
        driver
            .request()
            .newContext(
                new APIRequest.NewContextOptions()
                    .setBaseURL(sandbox.address())
                    .setExtraHTTPHeaders(
                        Map.of("Authorization", "Bearer " + SandboxOnStage.ADMIN_KEY)));
  }

  /// Reads something.
  public JsonNode get(String path) {
    return read(request.get(path));
  }

  /// Makes or does something.
  ///
  /// @param body JSON
  public JsonNode post(String path, String body) {
    return read(
        request.post(
            path,
            RequestOptions.create().setHeader("Content-Type", "application/json").setData(body)));
  }

  private static JsonNode read(APIResponse answer) {
    if (answer.status() != 200) {
      throw new AssertionError(answer.url() + " gave " + answer.status() + ": " + answer.text());
    }
    return JSON.readTree(answer.body());
  }

  /// Makes an API key for somebody who administers.
  public String newKey() {
    String body = "{\"role\": \"ADMIN\", \"displayName\": \"Front desk\"}";
    return post("/v1/apiKeys", body).path("key").asString();
  }

  /// Sends a text.
  ///
  /// @param person the phone number in digits
  /// @return the message's path
  public String send(String person, String text) {
    return sendTo(person, "\"text\": " + JSON.writeValueAsString(text));
  }

  /// Sends a template.
  ///
  /// @param template JSON, as the API takes it
  public String sendTemplate(String person, String template) {
    return sendTo(person, "\"template\": " + template);
  }

  private String sendTo(String person, String content) {
    String body = "{\"to\": \"+%s\", %s}".formatted(person, content);
    return "/v1/" + post(CHANNEL + ":sendMessage", body).path("name").asString();
  }

  /// Lets a person write.
  ///
  /// @param person the phone number in digits
  public void write(String person, String name, String text) {
    String body = JSON.writeValueAsString(Map.of("from", person, "name", name, "text", text));
    read(
        request.post(
            sandbox.emulator() + "/_emulator/inbound", RequestOptions.create().setData(body)));
  }

  /// Waits until a person's message with this text has come in.
  public void awaitText(String person, String text) {
    String filter = "?filter=contact.phoneNumber%20=%20%22%2B" + person + "%22";
    await(
        CHANNEL + "/conversations" + filter,
        answer -> answer.at("/conversations/0/lastMessage/text").asString("").equals(text));
  }

  /// Waits until a message has a status.
  public JsonNode awaitStatus(String message, String status) {
    return await(message, answer -> answer.path("status").asString().equals(status));
  }

  /// Asks again and again until the answer is the wanted one.
  public JsonNode await(String path, Predicate<JsonNode> wanted) {
    JsonNode answer = get(path);
    for (int i = 0; i < TRIES && !wanted.test(answer); i++) {
      LockSupport.parkNanos(PAUSE_NANOS);
      answer = get(path);
    }
    if (!wanted.test(answer)) {
      throw new AssertionError("waited in vain; at last there was " + answer);
    }
    return answer;
  }

  @Override
  public void close() {
    request.dispose();
  }
}
