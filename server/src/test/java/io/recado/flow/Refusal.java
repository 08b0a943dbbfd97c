package io.recado.flow;

/// A request and what it is refused with.
///
/// @param target may hold CHANNEL, OPEN and CLOSED for paths
/// @param fields separated by blanks
record Refusal(
    String method, String target, String body, int status, String reason, String fields) {

  @Override
  public String toString() {
    String shown = body.length() > 150 ? body.substring(0, 150) + "…" : body;
    return method + " " + target + " " + shown + " is " + status + " " + reason;
  }

  /// An id of the right form that nothing has.
  static final String NOBODY = "0123456789abcdef01234567";

  static Refusal fields(String target, String body, String fields) {
    return new Refusal("POST", target, body, 400, "INVALID_FIELDS", fields);
  }

  static Refusal get(String target, String fields) {
    return new Refusal("GET", target, "", 400, "INVALID_FIELDS", fields);
  }

  static Refusal patch(String body, String fields) {
    return new Refusal("PATCH", "CHANNELOPEN", body, 400, "INVALID_FIELDS", fields);
  }
}
