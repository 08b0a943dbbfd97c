package io.recado.http;

import io.recado.http.request.ApiError;
import io.recado.http.request.Headers;

/// A request as it came, before its route is known.
public interface RawRequest {

  /// The method, in the case in which it came.
  String method();

  /// The path, still percent-encoded, without the query.
  String path();

  /// The query, still percent-encoded, without the question mark; empty when there is none.
  String query();

  /// The headers.
  Headers headers();

  /// Whether the request has a body, which may still turn out empty.
  boolean hasBody();

  /// Reads the body; called at most once.
  ///
  /// @throws ApiError `PAYLOAD_TOO_LARGE` when it has more than `maxBytes`, `MALFORMED_REQUEST`
  ///   when its framing is wrong
  byte[] body(int maxBytes);
}
