package io.recado.http;

import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import org.jspecify.annotations.Nullable;

/// Tells who calls.
@FunctionalInterface
public interface Authenticator {

  /// The caller behind a key.
  ///
  /// @param authorization the value of the header `Authorization`; null when there is none
  /// @throws ApiError `CREDENTIALS_MISSING`, `CREDENTIALS_MALFORMED` or `CREDENTIALS_UNKNOWN`
  Caller authenticate(@Nullable String authorization);
}
