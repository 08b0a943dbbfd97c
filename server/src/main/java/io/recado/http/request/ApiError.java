package io.recado.http.request;

import io.recado.journal.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why a request was refused. Thrown anywhere, answered in one place, in the form of
/// docs/errors.md.
public final class ApiError extends Refusal {

  private static final long serialVersionUID = 1;

  private final transient ErrorReason reason;
  private final transient Map<String, String> metadata;
  private final transient List<Violation> violations;
  private final transient @Nullable Duration retryAfter;

  private ApiError(
      ErrorReason reason,
      String message,
      Map<String, String> metadata,
      List<Violation> violations,
      @Nullable Duration retryAfter) {
    super(message);
    this.reason = reason;
    this.metadata = Map.copyOf(metadata);
    this.violations = List.copyOf(violations);
    this.retryAfter = retryAfter;
  }

  /// A refusal with its reason's own status.
  ///
  /// @param message tells the reader what to change
  public static ApiError of(ErrorReason reason, String message) {
    return new ApiError(reason, message, Map.of(), List.of(), null);
  }

  /// As above; whatever dynamic value the message holds is also in `metadata`.
  public static ApiError of(ErrorReason reason, String message, Map<String, String> metadata) {
    return new ApiError(reason, message, metadata, List.of(), null);
  }

  /// A refusal that passes by itself.
  public static ApiError retryAfter(ErrorReason reason, String message, Duration retryAfter) {
    return retryAfter(reason, message, Map.of(), retryAfter);
  }

  /// As above; whatever dynamic value the message holds is also in `metadata`.
  public static ApiError retryAfter(
      ErrorReason reason, String message, Map<String, String> metadata, Duration retryAfter) {
    return new ApiError(reason, message, metadata, List.of(), retryAfter);
  }

  /// Wrong fields, all of them at once.
  ///
  /// @param violations at least one
  public static ApiError invalid(List<Violation> violations) {
    String message =
        violations.size() == 1
            ? violations.getFirst().field() + ": " + violations.getFirst().description()
            : violations.size()
                + " fields are wrong: "
                + String.join(", ", violations.stream().map(Violation::field).distinct().toList())
                + ". See the field violations.";
    return new ApiError(ErrorReason.INVALID_FIELDS, message, Map.of(), violations, null);
  }

  /// One wrong field.
  public static ApiError invalid(String field, String reason, String description) {
    return invalid(List.of(new Violation(field, reason, description)));
  }

  /// A resource that does not exist, or is another workspace's: the answer is the same to the byte.
  ///
  /// @param name the resource name that was asked for
  public static ApiError notFound(String name) {
    return of(
        ErrorReason.RESOURCE_NOT_FOUND,
        "There is no " + name + " in this workspace.",
        Map.of("resource", name));
  }

  /// The reason; decides the HTTP status.
  public ErrorReason reason() {
    return reason;
  }

  /// The dynamic values of the message, by name.
  public Map<String, String> metadata() {
    return metadata;
  }

  /// The wrong fields; none unless the request's fields are at fault.
  public List<Violation> violations() {
    return violations;
  }

  /// When to try again; null when trying again is no use.
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
