package io.recado.http;

import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a caller sends and takes JSON.
final class Negotiation {

  private Negotiation() {}

  /// Refuses a caller that takes anything but JSON. The most specific range counts, as RFC 9110,
  /// 12.5.1 says.
  ///
  /// @param accept all headers `Accept`
  /// @throws ApiError `NOT_ACCEPTABLE`
  static void requireJsonAccepted(List<String> accept) {
    if (accept.isEmpty()) {
      return;
    }
    int bestRank = -1;
    boolean taken = false;
    for (String header : accept) {
      for (String range : header.split(",")) {
        int rank = rank(range);
        if (rank > bestRank) {
          bestRank = rank;
          taken = !isZero(range);
        }
      }
    }
    if (!taken && !accept.stream().allMatch(String::isBlank)) {
      throw ApiError.of(
          ErrorReason.NOT_ACCEPTABLE,
          "Answers are application/json; accept that, or leave Accept out.");
    }
  }

  /// Refuses a body that does not say that it is JSON in UTF-8.
  ///
  /// @throws ApiError `UNSUPPORTED_MEDIA_TYPE`
  static void requireJsonSent(@Nullable String contentType) {
    if (contentType == null || !isJson(contentType)) {
      throw ApiError.of(
          ErrorReason.UNSUPPORTED_MEDIA_TYPE, "Send the body with Content-Type: application/json.");
    }
  }

  private static boolean isJson(String contentType) {
    if (contentType.equals("application/json")) {
      return true;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";");
    if (!parts[0].strip().equals("application/json")) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=")
          && !parameter.equals("charset=utf-8")
          && !parameter.equals("charset=utf8")) {
        return false;
      }
    }
    return true;
  }

  private static int rank(String range) {
    int semicolon = range.indexOf(';');
    String type = (semicolon < 0 ? range : range.substring(0, semicolon)).strip();
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "application/json" -> 2;
      case "application/*" -> 1;
      case "*/*" -> 0;
      default -> -1;
    };
  }

  private static boolean isZero(String range) {
    return range.replace(" ", "").toLowerCase(Locale.ROOT).matches(".*;q=0(\\.0*)?(;.*)?");
  }
}
