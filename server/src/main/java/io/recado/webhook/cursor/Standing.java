package io.recado.webhook.cursor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How an endpoint fares.
///
/// @param failingSince null when it is not failing
/// @param failure what it last answered while failing, such as `503` or `timeout`; null when it is
///   not failing
/// @param failures without a success between
/// @param successTime of its last success; null when it had none
/// @param fast whether it answers at once, so that it may have more than one delivery at a time
public record Standing(
    @Nullable Instant failingSince,
    @Nullable String failure,
    Failures failures,
    @Nullable Instant successTime,
    boolean fast) {

  /// Of an endpoint that was never tried.
  public static final Standing NEW = new Standing(null, null, Failures.NONE, null, false);

  Standing withFast(boolean value) {
    return new Standing(failingSince, failure, failures, successTime, value);
  }
}
