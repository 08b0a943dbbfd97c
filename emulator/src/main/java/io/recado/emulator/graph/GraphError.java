package io.recado.emulator.graph;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A refusal as Meta answers it: a code, a message that begins with it, and details for a person.
public final class GraphError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;
  private final String type;
  private final String details;
  private int subcode;
  private @Nullable String userTitle;

  private GraphError(int status, int code, String type, String message, String details) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.type = type;
    this.details = details;
  }

  /// A refusal with the title and the HTTP status that Meta has for `code`.
  public static GraphError of(int code, String details) {
    ErrorCode known = ErrorCode.of(code);
    String message = "(#" + code + ") " + (code == 100 ? details : known.title());
    return new GraphError(known.status(), code, "OAuthException", message, details);
  }

  /// A refused template: code 100 with one of Meta's 2388xxx subcodes and words for a person.
  public static GraphError ofTemplate(int subcode, String title, String details) {
    GraphError error =
        new GraphError(400, 100, "OAuthException", "(#100) Invalid parameter", details);
    error.subcode = subcode;
    error.userTitle = title;
    return error;
  }

  static GraphError noToken() {
    String message = "An access token is required to request this resource.";
    return new GraphError(401, 104, "OAuthException", message, message);
  }

  static GraphError wrongToken() {
    String message = ErrorCode.of(190).title();
    return new GraphError(401, 190, "OAuthException", message, message);
  }

  /// An id that is not there, or not for this token, or does not take this method.
  public static GraphError unknownObject(String method, String id) {
    if (!id.chars().allMatch(Character::isDigit)) {
      String message = "(#803) Some of the aliases you requested do not exist: " + id;
      return new GraphError(404, 803, "GraphMethodException", message, message);
    }
    String verb = method.equals("GET") ? "get" : method.toLowerCase(java.util.Locale.ROOT);
    String message =
        "Unsupported "
            + verb
            + " request. Object with ID '"
            + id
            + "' does not exist, cannot be loaded due to missing permissions, or does not support"
            + " this operation.";
    GraphError error = new GraphError(400, 100, "GraphMethodException", message, message);
    error.subcode = 33;
    return error;
  }

  public int status() {
    return status;
  }

  public int code() {
    return code;
  }

  public String details() {
    return details;
  }

  /// Meta's title of `code`, as callbacks name a failure.
  public static String title(int code) {
    return ErrorCode.of(code).title();
  }

  ObjectNode body(String traceId) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error");
    error.put("message", getMessage()).put("type", type).put("code", code);
    error.putObject("error_data").put("messaging_product", "whatsapp").put("details", details);
    if (subcode != 0) {
      error.put("error_subcode", subcode);
    }
    error.put("is_transient", status >= 500);
    if (userTitle != null) {
      error.put("error_user_title", userTitle).put("error_user_msg", details);
    }
    error.put("fbtrace_id", traceId);
    return body;
  }
}
