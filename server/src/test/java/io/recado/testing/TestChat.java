package io.recado.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/// A web chat channel of a [RunningRecado].
///
/// @param path such as `/v1/channels/6633a1b2c4d5e6f7a8b9c0d2`
public record TestChat(RunningRecado recado, String adminKey, String path) {

  /// The origin of the pages that may hold the widget.
  public static final String ORIGIN = "https://shop.example";

  /// What proves who is signed in.
  public static final String IDENTITY_SECRET = "identity-secret-of-the-flow-tests";

  /// Makes one in workspace `default`.
  public static TestChat on(RunningRecado recado) {
    return on(recado, RunningRecado.ADMIN_KEY);
  }

  /// Makes one in the workspace of a key.
  public static TestChat on(RunningRecado recado, String adminKey) {
    String body =
        """
        {'type': 'WEBCHAT', 'displayName': 'Shop',
         'webchat': {'allowedOrigins': ['%s'], 'identitySecret': '%s'}}\
        """
            .formatted(ORIGIN, IDENTITY_SECRET);
    JsonNode made = recado.call(adminKey, "POST", "/v1/channels", body).ok();
    return new TestChat(recado, adminKey, "/v1/" + made.path("name").asString());
  }

  public String id() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// Where its visitors' routes are.
  public String url() {
    return recado.address() + "/webchat/" + id();
  }

  /// Somebody new, without a session.
  public TestVisitor visitor() {
    return new TestVisitor(this);
  }

  /// Calls a visitor's route as a page of [#ORIGIN] does.
  ///
  /// @param token empty for none
  public Reply call(String method, String below, String body, String token) {
    List<String> headers = new ArrayList<>(List.of("Origin", ORIGIN));
    if (!token.isEmpty()) {
      headers.addAll(List.of("Authorization", "Bearer " + token));
    }
    return callBare(method, below, body, headers.toArray(String[]::new));
  }

  /// Calls a visitor's route with nothing but these headers.
  public Reply callBare(String method, String below, String body, String... headers) {
    return recado.callBare(method, "/webchat/" + id() + below, ApiClient.json(body), headers);
  }

  /// Calls below the channel's path as the business.
  public Reply get(String below) {
    return recado.call(adminKey, "GET", path + below, "");
  }

  public Reply post(String below, String body, String... headers) {
    return recado.call(adminKey, "POST", path + below, body, headers);
  }

  public Reply patch(String below, String body) {
    return recado.call(adminKey, "PATCH", path + below, body);
  }

  /// The conversations, latest activity first.
  public List<JsonNode> conversations() {
    List<JsonNode> all = new ArrayList<>();
    get("/conversations").ok().path("conversations").forEach(all::add);
    return all;
  }

  /// The only conversation's path below the channel's.
  public String conversation() {
    String name = conversations().getFirst().path("name").asString();
    return name.substring(name.indexOf("/conversations/"));
  }

  /// The business answers.
  ///
  /// @return the message's path below the channel's
  public String answers(String conversation, String text) {
    String name =
        post(conversation + "/messages", "{'text': '%s'}".formatted(text))
            .ok()
            .path("name")
            .asString();
    return name.substring(name.indexOf("/conversations/"));
  }

  /// Waits until a message has a status.
  public JsonNode awaitStatus(String message, String status) {
    return Await.until(
        message + " is " + status,
        () -> get(message).ok(),
        m -> m.path("status").asString().equals(status));
  }

  /// What a page's server proves a person with.
  public static String hash(String userId) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(IDENTITY_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(userId.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// The body that starts a session for somebody who is signed in.
  public static String signedIn(String userId, String token) {
    String user =
        "'user': {'id': '%s', 'hash': '%s', 'displayName': 'Ana'}".formatted(userId, hash(userId));
    return token.isEmpty() ? "{" + user + "}" : "{'token': '" + token + "', " + user + "}";
  }
}
