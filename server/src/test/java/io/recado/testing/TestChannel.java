package io.recado.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/// A channel of a [RunningRecado], and its account at the provider.
///
/// @param path such as `/v1/channels/6633a1b2c4d5e6f7a8b9c0d1`
/// @param number tells the channel's accounts and secrets from others'
public record TestChannel(RunningRecado recado, String adminKey, String path, int number) {

  private static final long FIRST_PHONE_NUMBER_ID = 300_100_300_100_300L;
  private static final long FIRST_BUSINESS_ACCOUNT_ID = 200_100_200_100_200L;

  static TestChannel make(RunningRecado recado, String adminKey, int number) {
    var planned = new TestChannel(recado, adminKey, "", number);
    JsonNode made =
        recado.call(adminKey, "POST", "/v1/channels", planned.body(planned.accessToken())).ok();
    var channel = new TestChannel(recado, adminKey, "/v1/" + made.path("name").asString(), number);
    channel.standAtProvider();
    channel.post(":check", "").ok();
    channel.post("/templates:sync", "").ok();
    return channel;
  }

  /// What a caller sends to make it.
  public String body(String token) {
    return """
    {'type': 'WHATSAPP', 'displayName': 'Channel %d', 'whatsapp': {'phoneNumberId': '%s',
     'businessAccountId': '%s', 'accessToken': '%s', 'appSecret': '%s', 'verifyToken': '%s',
     'messagesPerSecond': null, 'recipientLimit': null}}\
    """
        .formatted(number, phoneNumberId(), businessAccountId(), token, appSecret(), verifyToken());
  }

  public String id() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The resource name.
  public String name() {
    return "channels/" + id();
  }

  public String phoneNumberId() {
    return String.valueOf(FIRST_PHONE_NUMBER_ID + number);
  }

  public String businessAccountId() {
    return String.valueOf(FIRST_BUSINESS_ACCOUNT_ID + number);
  }

  public String accessToken() {
    return "access-token-" + number;
  }

  public String appSecret() {
    return "app-secret-" + number;
  }

  public String verifyToken() {
    return "verify-token-" + number;
  }

  /// Calls below the channel's path.
  public Reply get(String below) {
    return recado.call(adminKey, "GET", path + below, "");
  }

  public Reply post(String below, String body, String... headers) {
    return recado.call(adminKey, "POST", path + below, body, headers);
  }

  public Reply patch(String below, String body) {
    return recado.call(adminKey, "PATCH", path + below, body);
  }

  /// The conversation with a person, made when there is none.
  ///
  /// @return its path below the channel's
  public String conversation(String phone) {
    JsonNode conversation =
        post("/conversations", "{'contact': {'phoneNumber': '%s'}}".formatted(phone)).ok();
    String name = conversation.path("name").asString();
    return name.substring(name.indexOf("/conversations/"));
  }

  /// As [#conversation], after the person has written, so that free text may be sent.
  public String openConversation(String phone) {
    String conversation = conversation(phone);
    int before = get(conversation).ok().path("unreadCount").asInt();
    writes(phone, "Hola");
    Await.until(
        "the person's message",
        () -> get(conversation).ok().path("unreadCount").asInt(),
        count -> count > before);
    return conversation;
  }

  /// Lets a person write.
  ///
  /// @return the provider's name of the message
  public String writes(String phone, String text) {
    return recado.emulator.receiveInbound(
        "{\"phoneNumberId\": \"%s\", \"from\": \"%s\", \"name\": \"Valentina\", \"text\": \"%s\"}"
            .formatted(phoneNumberId(), phone, text));
  }

  /// Sends a text.
  ///
  /// @return the message's path below the channel's
  public String send(String conversation, String text) {
    return sendBody(conversation + "/messages", "{'text': '%s'}", text);
  }

  /// Sends a body.
  ///
  /// @return the message's path below the channel's
  public String sendBody(String below, String body, Object... values) {
    String name = post(below, body.formatted(values)).ok().path("name").asString();
    return name.substring(name.indexOf("/conversations/"));
  }

  /// Waits until a message has a status.
  public JsonNode awaitStatus(String message, String status) {
    return awaitMessage(message, "is " + status, m -> m.path("status").asString().equals(status));
  }

  public JsonNode awaitMessage(String message, String what, Predicate<JsonNode> wanted) {
    return Await.until(message + " " + what, () -> get(message).ok(), wanted);
  }

  /// The sentences of a message's timeline.
  public List<String> timeline(String message) {
    return StreamSupport.stream(get(message + "/timeline").ok().path("steps").spliterator(), false)
        .map(step -> step.path("kind").asString() + ": " + step.path("text").asString())
        .toList();
  }

  /// What the provider has accepted through this channel, oldest first, without read marks.
  public List<JsonNode> accepted() {
    return ledger("messages");
  }

  /// As [#accepted], to one person.
  public List<JsonNode> accepted(String phone) {
    return accepted().stream().filter(call -> isTo(call, phone)).toList();
  }

  /// What the provider was asked through this channel, oldest first.
  public List<JsonNode> asked(String phone) {
    return ledger("calls").stream().filter(call -> isTo(call, phone)).toList();
  }

  /// The texts that the provider has accepted for a person, in order.
  public List<String> texts(String phone) {
    return accepted(phone).stream()
        .map(call -> call.at("/payload/text/body").asString(""))
        .toList();
  }

  /// Calls back as the provider does.
  public Reply callBack(String body) {
    return callBack(body, appSecret());
  }

  /// As [#callBack], signed with a secret.
  public Reply callBack(String body, String secret) {
    byte[] bytes = ApiClient.json(body);
    return recado.callBare(
        "POST",
        "/providers/whatsapp/" + id(),
        bytes,
        "X-Hub-Signature-256",
        "sha256=" + hmac(secret, bytes));
  }

  /// Sets the account up at the provider.
  public void standAtProvider() {
    recado.emulator.configure(
        """
        {"businessAccountId": "%s", "accessToken": "%s", "appSecret": "%s", "verifyToken": "%s",
         "callbackUrl": "%s/providers/whatsapp/%s",
         "phoneNumbers": [{"phoneNumberId": "%s", "displayPhoneNumber": "1555000%04d"}],
         "templates": %s}\
        """
            .formatted(
                businessAccountId(),
                accessToken(),
                appSecret(),
                verifyToken(),
                recado.address(),
                id(),
                phoneNumberId(),
                number,
                ProviderTemplates.JSON));
  }

  private List<JsonNode> ledger(String kind) {
    return StreamSupport.stream(
            recado.provider("/_emulator/" + kind).path(kind).spliterator(), false)
        .filter(call -> call.path("phoneNumberId").asString().equals(phoneNumberId()))
        .filter(call -> !call.path("type").asString().equals("read"))
        .toList();
  }

  private static boolean isTo(JsonNode call, String phone) {
    return call.path("to").asString().equals(phone.replace("+", ""));
  }

  private static String hmac(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
