package io.recado.connector;

import io.recado.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What the provider said, kept apart from our own words and shown in the timeline.
///
/// @param httpStatus 0 when there was no HTTP answer
/// @param code the provider's own code; null when it gave none
/// @param message the provider's own words, at most 500 characters; null when it gave none
public record ProviderAnswer(int httpStatus, @Nullable String code, @Nullable String message) {

  private static final int MAX_MESSAGE = 500;

  /// The message is cut to its limit, and loses what no database stores: the character NUL.
  public ProviderAnswer {
    code = code == null ? null : code.replace("\0", "");
    if (message != null) {
      message = CodePoints.cut(message.replace("\0", ""), MAX_MESSAGE);
    }
  }

  /// An answer without an error, or none at all.
  public static ProviderAnswer ofStatus(int httpStatus) {
    return new ProviderAnswer(httpStatus, null, null);
  }
}
