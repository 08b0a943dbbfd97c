package io.recado.connector.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.recado.connector.CallbackReceiver;
import io.recado.connector.Connector.ChannelSettings;
import io.recado.connector.ConnectorSession.Problem;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent;
import io.recado.connector.Reason;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Meta's webhooks: handshake, signature, and the envelope around what they tell.
///
/// An envelope holds entries, an entry changes, a change one field of what can be subscribed to.
/// All are read; what cannot be understood is unreadable by itself and harms nothing beside it.
///
/// Source: Meta's pages "Create a webhook endpoint" and "Webhooks reference", read in July 2026.
final class WhatsAppCallbacks implements CallbackReceiver {

  private static final String SIGNATURE = "X-Hub-Signature-256";
  private static final String SIGNATURE_PREFIX = "sha256=";

  private static final Set<String> TEMPLATE_FIELDS =
      Set.of(
          "message_template_status_update",
          "message_template_quality_update",
          "message_template_components_update",
          "template_category_update");

  // The widest first.
  private static final List<String> RESTRICTIONS =
      List.of("RESTRICTED_CUSTOMER_INITIATED_MESSAGING", "RESTRICTED_BIZ_INITIATED_MESSAGING");

  @Override
  public Optional<String> handshake(
      ChannelSettings settings, Function<String, Optional<String>> query) {
    String expected = settings.find("verifyToken").orElse("");
    String given = query.apply("hub.verify_token").orElse("");
    boolean isOurs =
        !expected.isEmpty()
            && MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8))
            && query.apply("hub.mode").orElse("").equals("subscribe");
    return isOurs ? query.apply("hub.challenge") : Optional.empty();
  }

  @Override
  public boolean isSigned(Function<String, Optional<String>> header) {
    return header.apply(SIGNATURE).orElse("").startsWith(SIGNATURE_PREFIX);
  }

  @Override
  public boolean isAuthentic(
      ChannelSettings settings, Function<String, Optional<String>> header, byte[] body) {
    String secret = settings.find("appSecret").orElse("").strip();
    String given = header.apply(SIGNATURE).orElse("");
    if (secret.isEmpty() || !given.startsWith(SIGNATURE_PREFIX)) {
      return false;
    }
    try {
      byte[] signature = HexFormat.of().parseHex(given, SIGNATURE_PREFIX.length(), given.length());
      return MessageDigest.isEqual(hmac(secret, body), signature);
    } catch (IllegalArgumentException e) {
      return false; // not hex
    }
  }

  @Override
  public List<ProviderEvent> parse(byte[] body) {
    JsonObject envelope = Json.readObjectLeniently(body);
    return envelope.value("entry") == null
        ? List.of(new ProviderEvent.Unreadable("", "The callback has no `entry`.", envelope))
        : WhatsAppEvents.items(envelope, "entry", "", WhatsAppCallbacks::entry);
  }

  private static List<ProviderEvent> entry(JsonObject entry) {
    String account = entry.scalar("id").orElse("");
    return entry.value("changes") == null
        ? List.of(new ProviderEvent.Unreadable(account, "The entry has no `changes`.", entry))
        : WhatsAppEvents.items(entry, "changes", account, change -> change(account, change));
  }

  private static List<ProviderEvent> change(String account, JsonObject change) {
    String field = change.string("field").orElse("");
    Optional<JsonObject> value = change.object("value");
    if (field.isEmpty() || value.isEmpty()) {
      return List.of(
          new ProviderEvent.Unreadable(
              account, "The change has no `field` or no `value`.", change));
    }
    if (field.equals("messages")) {
      return WhatsAppEvents.read(value.get());
    }
    if (TEMPLATE_FIELDS.contains(field)) {
      return List.of(new ProviderEvent.TemplatesChanged(account));
    }
    return List.of(
        field.equals("account_update")
            ? accountUpdate(account, value.get())
            : new ProviderEvent.Ignored(account, field));
  }

  /// A ban or a restriction of sending, and its end; everything else that happens to an account
  /// changes nothing about sending.
  private static ProviderEvent accountUpdate(String account, JsonObject update) {
    String ban =
        update.object("ban_info").flatMap(info -> info.string("waba_ban_state")).orElse("");
    if (ban.equals("REINSTATE")) {
      return new ProviderEvent.AccountChanged(account, null);
    }
    if (ban.equals("DISABLE")) {
      return restricted(account, ban, Optional.empty());
    }
    List<JsonObject> restrictions = update.objects("restriction_info");
    for (String type : RESTRICTIONS) {
      for (JsonObject restriction : restrictions) {
        if (restriction.string("restriction_type").orElse("").equals(type)) {
          return restricted(account, type, restriction.scalar("expiration"));
        }
      }
    }
    return new ProviderEvent.Ignored(
        account, "account_update " + update.string("event").orElse("without event"));
  }

  private static ProviderEvent restricted(
      String account, String code, Optional<String> expiration) {
    String message = expiration.map(end -> "expires at " + end).orElse(null);
    return new ProviderEvent.AccountChanged(
        account, new Problem(Reason.ACCOUNT_RESTRICTED, new ProviderAnswer(0, code, message)));
  }

  private static byte[] hmac(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
