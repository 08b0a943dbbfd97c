package io.recado.http;

import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Whether a caller sends and takes JSON, or takes a stream of events.
final class Negotiation {

  private Negotiation() {}

  /// Refuses a caller that takes anything but what it would get: JSON, which all refusals are as
  /// well, or a stream of events. The most specific range counts, as RFC 9110, 12.5.1 says.
  ///
  /// @param accept all headers `Accept`
  /// @param isStream whether the path answers with a stream; asked when JSON is not taken
  /// @throws ApiError `NOT_ACCEPTABLE`
  static void requireAccepted(List<String> accept, BooleanSupplier isStream) {
    if (accept.stream().allMatch(String::isBlank) || takes(accept, "application/json")) {
      return;
    }
    if (!isStream.getAsBoolean()) {
      throw ApiError.of(
          ErrorReason.NOT_ACCEPTABLE,
          "Answers are application/json; accept that, or leave Accept out.");
    }
    if (!takes(accept, "text/event-stream")) {
      throw ApiError.of(
          ErrorReason.NOT_ACCEPTABLE,
          "The answer is text/event-stream; accept that, or leave Accept out.");
    }
  }

  private static boolean takes(List<String> accept, String type) {
    int bestRank = -1;
    boolean taken = false;
    for (String header : accept) {
      for (String range : header.split(",")) {
        int rank = rank(range, type);
        if (rank > bestRank) {
          bestRank = rank;
          taken = !isZero(range);
        }
      }
    }
    return taken;
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

  private static int rank(String range, String type) {
    int semicolon = range.indexOf(';');
    String given = (semicolon < 0 ? range : range.substring(0, semicolon)).strip();
    if (given.equalsIgnoreCase(type)) {
      return 2;
    }
    if (given.equals("*/*")) {
      return 0;
    }
    String family = type.substring(0, type.indexOf('/') + 1) + "*";
    return given.equalsIgnoreCase(family) ? 1 : -1;
  }

  private static boolean isZero(String range) {
    return range.replace(" ", "").toLowerCase(Locale.ROOT).matches(".*;q=0(\\.0*)?(;.*)?");
  }
}
