package io.recado.http.request;

import io.recado.journal.IdempotencyKey;
import io.recado.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a request's idempotency key: the header `Idempotency-Key`, bare or quoted, or the query
/// parameter `requestId`.
///
/// The key holds within the workspace, the route and its path values. Source:
/// draft-ietf-httpapi-idempotency-key-header; AIP-155.
public final class Idempotency {

  private static final String PARAMETER = "requestId";
  private static final int MOST_CHARACTERS = 255;
  private static final int HASH_BYTES = 16;

  private Idempotency() {}

  /// The key of a request; empty when it has none, and for other methods than POST, which may be
  /// repeated anyway.
  ///
  /// @throws ApiError `IDEMPOTENCY_KEY_INVALID`; `INVALID_JSON` when the body cannot be read
  public static Optional<IdempotencyKey> keyOf(Request request) {
    return name(request).map(name -> key(request, name, request.json()));
  }

  /// As above, for a body that has been read already.
  public static Optional<IdempotencyKey> keyOf(Request request, JsonObject body) {
    return name(request).map(name -> key(request, name, body));
  }

  private static IdempotencyKey key(Request request, String name, JsonObject body) {
    byte[] hash =
        new Digest()
            .text(request.method())
            .text(request.route())
            .texts(request.variables())
            .text(name)
            .end();
    Map<String, String> query = new LinkedHashMap<>(request.query());
    query.remove(PARAMETER);
    byte[] fingerprint =
        new Digest().text(request.route()).texts(request.variables()).texts(query).json(body).end();
    return new IdempotencyKey(
        request.requireCaller().workspace(), Arrays.copyOf(hash, HASH_BYTES), fingerprint);
  }

  private static Optional<String> name(Request request) {
    if (!request.method().equals("POST")) {
      return Optional.empty();
    }
    List<String> headers = request.header().all("Idempotency-Key");
    if (headers.size() > 1) {
      throw invalid("Send one header Idempotency-Key; this request has " + headers.size() + ".");
    }
    Optional<String> header = headers.stream().findFirst().map(Idempotency::unquoted);
    header.ifPresent(Idempotency::check);
    Optional<String> parameter = request.parameter(PARAMETER);
    parameter.ifPresent(Idempotency::check);
    if (header.isPresent() && parameter.isPresent() && !header.equals(parameter)) {
      throw invalid("Idempotency-Key and requestId differ; send one of them, or both alike.");
    }
    return header.or(() -> parameter);
  }

  /// What a structured field's string holds (RFC 9651, 3.3.3), or the text as it is.
  private static String unquoted(String header) {
    String text = header.strip();
    if (!text.startsWith("\"")) {
      return text;
    }
    var content = new StringBuilder();
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        if (i < text.length() - 1) {
          break;
        }
        return content.toString();
      }
      if (c == '\\') {
        i++;
        if (i == text.length() || text.charAt(i) != '"' && text.charAt(i) != '\\') {
          break;
        }
        c = text.charAt(i);
      }
      content.append(c);
    }
    throw invalid(
        "Idempotency-Key begins with a quotation mark; end it with one, and nothing after.");
  }

  private static void check(String name) {
    boolean visible = name.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    if (name.isEmpty() || name.length() > MOST_CHARACTERS || !visible) {
      throw invalid(
          "An idempotency key has 1 to "
              + MOST_CHARACTERS
              + " visible ASCII characters; use a UUID.");
    }
  }

  private static ApiError invalid(String message) {
    return ApiError.of(ErrorReason.IDEMPOTENCY_KEY_INVALID, message);
  }
}
