package io.recado.http;

import io.recado.http.request.ApiError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Undoes the percent-encoding of paths and queries.
final class PercentDecoding {

  private PercentDecoding() {}

  /// One segment of a path. A plus sign is a plus sign.
  ///
  /// @throws ApiError on `field` when an escape is broken, is not UTF-8, or hides a NUL
  static String segment(String field, String raw) {
    return raw.indexOf('%') < 0 ? raw : decode(field, raw);
  }

  /// The parameters of a query, the first of each name. A plus sign is a blank.
  ///
  /// @throws ApiError as [#segment]; the field is the parameter's name
  static Map<String, String> query(String raw) {
    if (raw.isEmpty()) {
      return Map.of();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : raw.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String decoded = segment("query", name.replace('+', ' '));
      String value = equals < 0 ? "" : pair.substring(equals + 1).replace('+', ' ');
      parameters.putIfAbsent(decoded, segment(decoded, value));
    }
    return parameters;
  }

  private static String decode(String field, String raw) {
    ByteBuffer bytes = ByteBuffer.allocate(raw.length() * 3);
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      if (i + 2 >= raw.length()
          || !HexFormat.isHexDigit(raw.charAt(i + 1))
          || !HexFormat.isHexDigit(raw.charAt(i + 2))) {
        throw broken(field);
      }
      byte octet = (byte) HexFormat.fromHexDigits(raw, i + 1, i + 3);
      if (octet == 0) {
        throw broken(field);
      }
      bytes.put(octet);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException _) {
      throw broken(field);
    }
  }

  private static ApiError broken(String field) {
    return ApiError.invalid(
        field,
        "INVALID_VALUE",
        "Percent-encode it as UTF-8, two hex digits after each %, without NUL.");
  }
}
