package io.recado.http.server;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.recado.http.HttpApi;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives what the web server itself refuses, before a request is one, the form of every other
/// refusal.
final class TransportFaults implements DirectHandler {

  private final HttpApi api;

  TransportFaults(HttpApi api) {
    this.api = api;
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType event,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    String requestId = request.headers().first(HeaderNames.create("X-Request-Id")).orElse(null);
    Response response = api.refuse(requestId, error(status, message));
    var builder =
        TransportResponse.builder()
            .status(Status.create(response.status()))
            .header(HeaderNames.CONTENT_TYPE, response.contentType())
            .entity(response.body())
            .keepAlive(false);
    response.headers().forEach((name, value) -> builder.header(HeaderValues.create(name, value)));
    return builder.build();
  }

  /// The whole answer to a request that takes too long, as bytes of HTTP/1.1.
  byte[] tooSlow() {
    Response response =
        api.refuse(
            (String) null,
            ApiError.of(
                ErrorReason.REQUEST_TIMEOUT,
                "The request came too slowly; send it faster, on a new connection."));
    var head = new StringBuilder("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n");
    head.append("Content-Type: ").append(response.contentType()).append("\r\n");
    head.append("Content-Length: ").append(response.body().length).append("\r\n");
    response
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(response.body());
    return bytes.toByteArray();
  }

  private static ApiError error(Status status, @Nullable String message) {
    return switch (status.code()) {
      case 404 -> ApiError.of(ErrorReason.ROUTE_NOT_FOUND, "There is no such path.");
      case 413 -> tooLarge(Map.of());
      case 414 ->
          ApiError.of(
              ErrorReason.URI_TOO_LONG,
              "The request line is longer than " + Listening.REQUEST_LINE_BYTES + " bytes.",
              Map.of("limit", Integer.toString(Listening.REQUEST_LINE_BYTES)));
      case 415 ->
          ApiError.of(
              ErrorReason.UNSUPPORTED_MEDIA_TYPE,
              "Send the body as it is, without Content-Encoding.");
      case 431 -> headersTooLarge();
      case 500 -> ApiError.of(ErrorReason.INTERNAL, "The server failed; its log says why.");
      case 503 ->
          ApiError.retryAfter(
              ErrorReason.OVERLOADED,
              "The server is busy; send the request again.",
              Duration.ofSeconds(1));
      // Helidon says so in its message alone.
      default ->
          "Header size exceeded".equals(message)
              ? headersTooLarge()
              : malformed(
                  "The request is not valid HTTP/1.1; its line, headers or framing are wrong.");
    };
  }

  static ApiError tooManyRequests() {
    return ApiError.retryAfter(
        ErrorReason.OVERLOADED,
        "The server has as many requests as it can work on; send this one again.",
        Duration.ofSeconds(1));
  }

  static ApiError tooManyBytes() {
    return ApiError.retryAfter(
        ErrorReason.OVERLOADED,
        "The server holds as many bytes of requests as it has room for; send this one again.",
        Duration.ofSeconds(1));
  }

  static ApiError malformed(String message) {
    return ApiError.of(ErrorReason.MALFORMED_REQUEST, message);
  }

  static ApiError tooLarge(Map<String, String> metadata) {
    String limit = metadata.get("limit");
    return ApiError.of(
        ErrorReason.PAYLOAD_TOO_LARGE,
        limit == null
            ? "The body is larger than any that this server takes."
            : "The body is larger than " + limit + " bytes, the limit of this path.",
        metadata);
  }

  private static ApiError headersTooLarge() {
    return ApiError.of(
        ErrorReason.HEADERS_TOO_LARGE,
        "The headers are more than "
            + Listening.HEADERS
            + " or longer than "
            + Listening.HEADER_BYTES
            + " bytes together.",
        Map.of("limit", Integer.toString(Listening.HEADER_BYTES)));
  }
}
