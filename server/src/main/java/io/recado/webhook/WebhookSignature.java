package io.recado.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Signs webhooks, and verifies them, as Standard Webhooks 1.0.0 has it: HMAC-SHA256 over
/// `{id}.{unix seconds}.{body}`, the very bytes that are sent. Safe for many threads.
///
/// While a secret is being replaced, old and new both sign, and a receiver may accept either.
public final class WebhookSignature {

  /// The event's id; the same whenever the event is sent again, so that a receiver knows it again.
  public static final String ID = "webhook-id";

  /// When this attempt was made, in Unix seconds.
  public static final String TIMESTAMP = "webhook-timestamp";

  /// The signatures, with blanks between.
  public static final String SIGNATURE = "webhook-signature";

  /// How far a timestamp may be from the receiver's clock, in either direction.
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String VERSION = "v1,";

  private final List<WebhookSecret> secrets;

  /// @param secrets all that sign, the newest first; at least one
  public WebhookSignature(List<WebhookSecret> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("somebody must sign");
    }
    this.secrets = List.copyOf(secrets);
  }

  /// The three headers of one attempt.
  ///
  /// @param id of the event; without `.`, as that divides what is signed
  /// @param body the bytes as they will be sent
  public Map<String, String> headers(String id, Instant now, byte[] body) {
    if (id.indexOf('.') >= 0) {
      throw new IllegalArgumentException("an id that is signed has no dot");
    }
    String timestamp = Long.toString(now.getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(ID, id);
    headers.put(TIMESTAMP, timestamp);
    headers.put(
        SIGNATURE,
        secrets.stream()
            .map(secret -> VERSION + base64(secret.sign(head(id, timestamp), body)))
            .collect(Collectors.joining(" ")));
    return headers;
  }

  /// Whether a request that came in was signed by one of the secrets, not long ago. Takes the same
  /// time whatever is wrong with a signature.
  ///
  /// @param header finds a header of the request
  public boolean verifies(Function<String, Optional<String>> header, Instant now, byte[] body) {
    Optional<String> id = header.apply(ID);
    Optional<String> timestamp = header.apply(TIMESTAMP);
    Optional<String> given = header.apply(SIGNATURE);
    if (id.isEmpty() || given.isEmpty() || timestamp.filter(t -> isRecent(t, now)).isEmpty()) {
      return false;
    }
    byte[] head = head(id.get(), timestamp.get());
    boolean matches = false;
    for (WebhookSecret secret : secrets) {
      byte[] right = (VERSION + base64(secret.sign(head, body))).getBytes(StandardCharsets.UTF_8);
      for (String signature : given.get().split(" ")) {
        matches |= MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
      }
    }
    return matches;
  }

  private static boolean isRecent(String timestamp, Instant now) {
    if (!timestamp.matches("[0-9]{1,12}")) {
      return false;
    }
    Instant time = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(time, now).abs().compareTo(TOLERANCE) <= 0;
  }

  private static byte[] head(String id, String timestamp) {
    return (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
