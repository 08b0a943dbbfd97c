package io.recado.browser;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.options.RequestOptions;
import io.recado.SandboxOnStage;
import io.recado.browser.stage.Visitor;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The business on the other side of the demo shop's chat, by the public API.
record Business(APIRequestContext api, String address) {

  private static final String CHANNEL = "/v1/channels/6633a1b2c4d5e6f7a8b9c0d2";
  private static final Pattern NAME = Pattern.compile("\"name\":\"([a-z0-9/]+)\"");
  private static final Pattern STATUS = Pattern.compile("\"status\":\"([A-Z]+)\"");
  private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]*)\"");

  static Business of(Visitor visitor) {
    return new Business(visitor.page().request(), visitor.sandbox().address());
  }

  /// The conversation of whoever wrote last.
  String conversation() {
    Matcher name = NAME.matcher(get(CHANNEL + "/conversations"));
    name.find();
    return "/v1/" + name.group(1);
  }

  String answer(String conversation, String text) {
    Matcher name = NAME.matcher(post(conversation + "/messages", "{\"text\": \"" + text + "\"}"));
    name.find();
    return "/v1/" + name.group(1);
  }

  void markRead(String conversation) {
    post(conversation + ":markRead", "{}");
  }

  void type(String conversation) {
    post(conversation + ":typing", "{}");
  }

  String status(String message) {
    Matcher status = STATUS.matcher(get(message));
    status.find();
    return status.group(1);
  }

  /// What was said, newest first.
  List<String> texts(String conversation) {
    return TEXT.matcher(get(conversation + "/messages"))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private String get(String path) {
    return ok(api.get(address + path, options()));
  }

  private String post(String path, String body) {
    return ok(
        api.post(
            address + path, options().setHeader("Content-Type", "application/json").setData(body)));
  }

  private static RequestOptions options() {
    return RequestOptions.create().setHeader("Authorization", "Bearer " + SandboxOnStage.ADMIN_KEY);
  }

  private static String ok(APIResponse response) {
    if (!response.ok()) {
      throw new AssertionError(response.status() + ": " + response.text());
    }
    return response.text();
  }
}
