package io.recado.webhook.endpoint;

import io.recado.webhook.WebhookSecret;
import io.recado.webhook.WebhookSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A secret of an endpoint.
///
/// @param until from then on it does not sign any more; null for the newest, which has no end
public record SigningSecret(WebhookSecret secret, @Nullable Instant until) {

  /// So long a replaced secret signs too.
  public static final Duration OVERLAP = Duration.ofHours(24);

  /// Replaced more often than this within the overlap, the oldest do not sign any more.
  private static final int MOST = 5;

  static List<SigningSecret> first(RandomGenerator random) {
    return List.of(new SigningSecret(WebhookSecret.create(random), null));
  }

  /// With a new one before the others, which sign on for [#OVERLAP].
  static List<SigningSecret> rotated(
      List<SigningSecret> secrets, WebhookSecret fresh, Instant now) {
    List<SigningSecret> all = new ArrayList<>();
    all.add(new SigningSecret(fresh, null));
    for (SigningSecret old : secrets) {
      Instant until = old.until == null ? now.plus(OVERLAP) : old.until;
      if (until.isAfter(now) && all.size() < MOST) {
        all.add(new SigningSecret(old.secret, until));
      }
    }
    return all;
  }

  /// How a request is signed now.
  public static WebhookSignature signature(List<SigningSecret> secrets, Instant now) {
    return new WebhookSignature(
        secrets.stream()
            .filter(one -> one.until == null || one.until.isAfter(now))
            .map(SigningSecret::secret)
            .toList());
  }
}
