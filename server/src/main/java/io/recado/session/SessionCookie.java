package io.recado.session;

import io.recado.http.request.Headers;
import java.util.Optional;

/// The cookie that holds a session's token: out of scripts' reach, and sent by the browser with
/// requests of this server's own pages only.
///
/// Over TLS its name begins `__Host-`, which browsers accept for this host alone, for all paths and
/// with `Secure`. Source: draft-ietf-httpbis-rfc6265bis, 4.1.3.2.
///
/// @param isSecure whether people reach the server over TLS
public record SessionCookie(boolean isSecure) {

  /// The token that a request brings.
  Optional<String> read(Headers headers) {
    String prefix = name() + "=";
    for (String line : headers.all("Cookie")) {
      for (String pair : line.split(";")) {
        String cookie = pair.strip();
        if (cookie.startsWith(prefix) && cookie.length() > prefix.length()) {
          return Optional.of(cookie.substring(prefix.length()));
        }
      }
    }
    return Optional.empty();
  }

  /// The value of `Set-Cookie` that gives a token.
  String set(String token) {
    return name() + "=" + token + attributes() + "; Max-Age=" + Session.LONGEST.toSeconds();
  }

  /// The value of `Set-Cookie` that takes it away.
  String clear() {
    return name() + "=" + attributes() + "; Max-Age=0";
  }

  private String name() {
    return isSecure ? "__Host-recado" : "recado";
  }

  private String attributes() {
    return "; Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "");
  }
}
