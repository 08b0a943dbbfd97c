package io.recado.http;

import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.Headers;

/// Tells who calls.
@FunctionalInterface
public interface Authenticator {

  /// The caller behind a request's key or session.
  ///
  /// @throws ApiError `CREDENTIALS_MISSING`, `CREDENTIALS_MALFORMED`, `CREDENTIALS_UNKNOWN`,
  ///   `SESSION_ENDED` or `ORIGIN_NOT_ALLOWED`
  Caller authenticate(String method, Headers headers);
}
