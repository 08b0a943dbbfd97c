package io.recado.session;

import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Headers;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells requests of this server's own pages from those that another page made the browser send.
/// `SameSite=Strict` holds off other sites already; this holds off their neighbours too: other
/// ports and other hosts of the same domain.
///
/// What the browser says of the request decides, in headers that no page can set: `Sec-Fetch-Site`,
/// or, where it is not sent (plain HTTP from another machine), `Origin`.
///
/// @param publicUrl how people reach the server, which a proxy may hide from it
record SameOrigin(Supplier<String> publicUrl) {

  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  /// Holds a request that bears a session's cookie to the rule.
  ///
  /// @throws ApiError `ORIGIN_NOT_ALLOWED`
  void require(String method, Headers headers) {
    String site = headers.apply("Sec-Fetch-Site");
    boolean isSafe = SAFE.contains(method);
    if (site != null) {
      // `none`: typed into the address bar.
      if (!site.equals("same-origin") && !(isSafe && site.equals("none"))) {
        throw refused();
      }
      return;
    }
    String origin = headers.apply("Origin");
    if (origin == null ? !isSafe : !isOurs(origin, headers.apply("Host"))) {
      throw refused();
    }
  }

  /// Holds a request that may come from a script to the rule: one that no browser made passes.
  ///
  /// @throws ApiError `ORIGIN_NOT_ALLOWED`
  void requireUnlessScript(String method, Headers headers) {
    if (headers.apply("Sec-Fetch-Site") != null || headers.apply("Origin") != null) {
      require(method, headers);
    }
  }

  private boolean isOurs(String origin, @Nullable String host) {
    Optional<String> authority = authority(origin);
    return authority.isPresent()
        && (authority.get().equalsIgnoreCase(host) || authority.equals(authority(publicUrl.get())));
  }

  private static Optional<String> authority(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getAuthority());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static ApiError refused() {
    return ApiError.of(
        ErrorReason.ORIGIN_NOT_ALLOWED,
        "A session is for the console's own pages; from anywhere else call with an API key in the"
            + " header Authorization.");
  }
}
