package io.recado.http;

import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import java.util.Map;

/// Holds each API key to its rate.
@FunctionalInterface
public interface RateGate {

  /// Counts one request.
  ///
  /// @return the headers that tell the caller where it stands (`RateLimit`, `RateLimit-Policy`);
  ///   none when its key has no limit
  /// @throws ApiError `RATE_LIMITED`, with when to come again
  Map<String, String> admit(Caller caller);
}
