package io.recado.http;

import io.recado.http.request.Request;
import io.recado.http.request.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which pages of other origins may use a route: the CORS protocol of the Fetch standard.
///
/// A browser names the page's origin; whoever is no browser names none, and is held by other means.
/// Every answer of such a route says whom it is for, refusals included, as a page cannot read what
/// does not. Cookies are never asked for.
@FunctionalInterface
public interface Cors {

  /// Lets a page's request pass.
  ///
  /// @param origin such as `https://shop.example`
  /// @throws io.recado.http.request.ApiError when pages of that origin may not use the route
  void check(Request head, String origin);

  /// The headers of every answer to a request that this lets pass.
  default Map<String, String> headers(Request head) {
    String origin = origin(head);
    if (origin == null) {
      return Map.of();
    }
    check(head, origin);
    return Map.of(
        "Access-Control-Allow-Origin",
        origin,
        "Access-Control-Expose-Headers",
        "Retry-After, X-Request-Id");
  }

  /// What a browser asks before it sends a request with a key or JSON; it may keep the answer for
  /// two hours, which is as long as browsers do.
  static Response preflight(String methods) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Access-Control-Allow-Methods", methods);
    headers.put("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID");
    headers.put("Access-Control-Max-Age", "7200");
    return new Response(204, "", new byte[0], headers);
  }

  private static @Nullable String origin(Request head) {
    return head.header().apply("Origin");
  }
}
