package io.recado.webchat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Proves who is signed in on a page: the page's server, which alone shares the channel's secret,
/// has signed the person's id with it. HMAC-SHA256 over the id in UTF-8, in hex.
final class UserProof {

  private static final String ALGORITHM = "HmacSHA256";

  private UserProof() {}

  /// Whether the hash is the id's; compared in constant time.
  static boolean isRight(String secret, String userId, String hash) {
    byte[] given = HexFormat.of().parseHex(hash);
    return MessageDigest.isEqual(given, hmac(secret, userId));
  }

  private static byte[] hmac(String secret, String userId) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(userId.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }
}
