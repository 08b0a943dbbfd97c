package io.recado.http;

import io.recado.http.request.ApiError;
import io.recado.http.request.Response;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the answer to a refused request: the one place where an [ApiError] becomes JSON.
///
/// Source of the form: AIP-193 and google.rpc's error details.
public final class ErrorAnswer {

  private static final String TYPE = "type.googleapis.com/google.rpc.";

  /// For refusals that pass by themselves and do not say when.
  private static final Duration SOON = Duration.ofSeconds(1);

  private ErrorAnswer() {}

  static Response of(ApiError error, String requestId) {
    List<JsonObject> details = details(error);
    details.add(detail("RequestInfo").with("requestId", requestId).build());
    JsonObject body = JsonObject.builder().with("error", error(error, details)).build();
    return new Response(
        error.reason().httpStatus(), Response.JSON, Json.write(body), headers(error));
  }

  /// What refuses a part of a request whose other parts are carried out: the `error` of its result.
  public static JsonObject error(ApiError error) {
    return error(error, details(error));
  }

  private static JsonObject error(ApiError error, List<JsonObject> details) {
    return JsonObject.builder()
        .with("code", error.reason().httpStatus())
        .with("status", error.reason().status())
        .with("message", error.getMessage())
        .with("details", details)
        .build();
  }

  private static List<JsonObject> details(ApiError error) {
    List<JsonObject> details = new ArrayList<>();
    details.add(errorInfo(error));
    if (!error.violations().isEmpty()) {
      details.add(detail("BadRequest").with("fieldViolations", violations(error)).build());
    }
    switch (error.reason().status()) {
      case "FAILED_PRECONDITION" -> details.add(precondition(error));
      case "NOT_FOUND" -> resource(error).ifPresent(details::add);
      case "RESOURCE_EXHAUSTED" -> details.add(quota(error));
      default -> {}
    }
    retryAfter(error)
        .ifPresent(
            delay -> details.add(detail("RetryInfo").with("retryDelay", delay + "s").build()));
    return details;
  }

  private static JsonObject errorInfo(ApiError error) {
    var metadata = JsonObject.builder();
    error.metadata().forEach(metadata::with);
    return detail("ErrorInfo")
        .with("reason", error.reason().name())
        .with("domain", "recado")
        .with("metadata", metadata.build())
        .build();
  }

  private static List<JsonObject> violations(ApiError error) {
    return error.violations().stream()
        .map(
            violation ->
                JsonObject.builder()
                    .with("field", violation.field())
                    .with("description", violation.description())
                    .with("reason", violation.reason())
                    .build())
        .toList();
  }

  private static JsonObject precondition(ApiError error) {
    JsonObject violation =
        JsonObject.builder()
            .with("type", error.reason().name())
            .with("subject", error.metadata().getOrDefault("resource", "request"))
            .with("description", error.getMessage())
            .build();
    return detail("PreconditionFailure").with("violations", List.of(violation)).build();
  }

  private static JsonObject quota(ApiError error) {
    JsonObject violation =
        JsonObject.builder()
            .with("subject", error.metadata().getOrDefault("subject", "apiKey"))
            .with("description", error.getMessage())
            .build();
    return detail("QuotaFailure").with("violations", List.of(violation)).build();
  }

  private static Optional<JsonObject> resource(ApiError error) {
    String name = error.metadata().get("resource");
    if (name == null) {
      return Optional.empty();
    }
    int last = name.lastIndexOf('/');
    String parent = last < 0 ? name : name.substring(0, last);
    return Optional.of(
        detail("ResourceInfo")
            .with("resourceType", parent.substring(parent.lastIndexOf('/') + 1))
            .with("resourceName", name)
            .build());
  }

  private static Map<String, String> headers(ApiError error) {
    Map<String, String> headers = new LinkedHashMap<>();
    retryAfter(error).ifPresent(seconds -> headers.put("Retry-After", Long.toString(seconds)));
    switch (error.reason()) {
      case CREDENTIALS_MISSING, SESSION_ENDED -> headers.put("WWW-Authenticate", "Bearer");
      case CREDENTIALS_MALFORMED, CREDENTIALS_UNKNOWN ->
          headers.put("WWW-Authenticate", "Bearer error=\"invalid_token\"");
      case RATE_LIMITED -> {
        String limit = error.metadata().getOrDefault("limit", "1");
        String window = error.metadata().getOrDefault("window", "1");
        headers.put("RateLimit-Policy", "\"key\";q=" + limit + ";w=" + window);
        headers.put("RateLimit", "\"key\";r=0;t=" + headers.get("Retry-After"));
      }
      case METHOD_NOT_ALLOWED -> headers.put("Allow", error.metadata().getOrDefault("allowed", ""));
      default -> {}
    }
    return headers;
  }

  /// Whole seconds, never earlier than asked for.
  private static Optional<Long> retryAfter(ApiError error) {
    Duration delay = error.retryAfter();
    int status = error.reason().httpStatus();
    if (delay == null && (status == 503 || status == 429)) {
      delay = SOON;
    }
    return Optional.ofNullable(delay).map(d -> Math.max(1, d.plusNanos(999_999_999).toSeconds()));
  }

  private static JsonObject.Builder detail(String name) {
    return JsonObject.builder().with("@type", TYPE + name);
  }
}
