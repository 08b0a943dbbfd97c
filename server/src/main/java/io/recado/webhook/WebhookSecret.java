package io.recado.webhook;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A secret by which a webhook is signed: `whsec_` and 24 to 64 bytes in base64.
///
/// Source: Standard Webhooks 1.0.0, "Symmetric". Immutable; shows nothing of itself in logs.
public final class WebhookSecret {

  private static final String PREFIX = "whsec_";
  private static final int NEW_BYTES = 32;
  private static final int MIN_BYTES = 24;
  private static final int MAX_BYTES = 64;
  private static final String ALGORITHM = "HmacSHA256";

  private final String text;

  /// Copied for each signature, which spares looking up the algorithm and preparing the key.
  private final Mac prepared;

  private WebhookSecret(String text, byte[] bytes) {
    this.text = text;
    try {
      prepared = Mac.getInstance(ALGORITHM);
      prepared.init(new SecretKeySpec(bytes, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /// A new secret of 32 random bytes.
  ///
  /// @param random a source fit for secrets
  public static WebhookSecret create(RandomGenerator random) {
    byte[] bytes = new byte[NEW_BYTES];
    random.nextBytes(bytes);
    return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(bytes), bytes);
  }

  /// Reads a secret as it is shown; the prefix may be missing, as other libraries let it.
  ///
  /// @throws IllegalArgumentException when it has another form
  public static WebhookSecret parse(String text) {
    String encoded = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    byte[] bytes = Base64.getDecoder().decode(encoded);
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a webhook secret is whsec_ and %d to %d bytes in base64"
              .formatted(MIN_BYTES, MAX_BYTES));
    }
    return new WebhookSecret(PREFIX + encoded, bytes);
  }

  /// The secret in the form in which a person gets it.
  public String reveal() {
    return text;
  }

  /// HMAC-SHA256 over the parts, one after the other.
  byte[] sign(byte[]... parts) {
    try {
      Mac mac = (Mac) prepared.clone();
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's HmacSHA256 can be copied", e);
    }
  }

  /// Says nothing of the secret.
  @Override
  public String toString() {
    return "WebhookSecret";
  }
}
