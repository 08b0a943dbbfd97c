package io.recado.connector.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.recado.connector.ProviderHttp;
import io.recado.connector.ProviderHttp.Exchange;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.net.URLEncoder;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/// Calls to Meta's Graph API with one access token.
final class GraphApi {

  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");

  private final ProviderHttp http;
  private final String root;
  private final String token;

  /// @param root with the version and a slash at its end
  GraphApi(ProviderHttp http, String root, String token) {
    this.http = http;
    this.root = root;
    this.token = token;
  }

  /// Whether the token can stand in a header at all; without it no call may be made.
  boolean hasUsableToken() {
    return SENDABLE.matcher(token).matches();
  }

  /// Reads `{id}{edge}`.
  ///
  /// @param edge empty, or begins with a slash
  /// @param query in the order in which it is to be written
  Exchange get(String id, String edge, Map<String, String> query) {
    var parameters = new StringJoiner("&", "?", "");
    query.forEach((name, value) -> parameters.add(name + "=" + encoded(value)));
    return http.exchange("GET", root + encoded(id) + edge + parameters, headers(), null);
  }

  /// Posts a JSON object to `{id}{edge}`.
  Exchange post(String id, String edge, JsonObject body) {
    return http.exchange("POST", root + encoded(id) + edge, headers(), Json.write(body));
  }

  private Map<String, String> headers() {
    return Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
