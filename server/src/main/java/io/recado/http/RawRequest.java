package io.recado.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request as it came, before its route is known.
public interface RawRequest {

  /// The method, in the case in which it came.
  String method();

  /// The path, still percent-encoded, without the query.
  String path();

  /// The query, still percent-encoded, without the question mark; empty when there is none.
  String query();

  /// The first header of a name, in any case; null when there is none.
  @Nullable String header(String name);

  /// All headers of a name, in any case, in order.
  List<String> headers(String name);

  /// Whether the request has a body, which may still turn out empty.
  boolean hasBody();

  /// Reads the body; called at most once.
  ///
  /// @throws ApiError `PAYLOAD_TOO_LARGE` when it has more than `maxBytes`, `MALFORMED_REQUEST`
  ///   when its framing is wrong
  byte[] body(int maxBytes);
}
