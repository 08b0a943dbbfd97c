package io.recado.emulator.graph;

import java.util.Map;

/// Meta's titles and HTTP statuses of its error codes.
///
/// Source: Meta's page of error codes and the statuses in its OpenAPI document, as read in 2026;
/// Meta tells clients to go by the code alone.
record ErrorCode(String title, int status) {
  private static final Map<Integer, ErrorCode> KNOWN =
      Map.ofEntries(
          code(0, "AuthException", 401),
          code(1, "API Unknown", 400),
          code(2, "API Service", 503),
          code(3, "API Method", 500),
          code(4, "API Too Many Calls", 429),
          code(10, "Permission Denied", 403),
          code(17, "User request limit reached", 429),
          code(33, "Parameter value is not valid", 400),
          code(100, "Invalid parameter", 400),
          code(190, "Invalid OAuth access token - Cannot parse access token", 401),
          code(200, "Permissions error", 403),
          code(368, "Temporarily blocked for policies violations", 403),
          code(2200, "Callback verification failed", 400),
          code(2500, "Unknown path components", 400),
          code(80007, "Rate limit issues", 429),
          code(80008, "Too many calls to this WhatsApp Business account", 429),
          code(130429, "Rate limit hit", 429),
          code(130472, "User's number is part of an experiment", 400),
          code(130497, "Business account is restricted from messaging in this country", 403),
          code(131000, "Something went wrong", 500),
          code(131005, "Access denied", 403),
          code(131008, "Required parameter is missing", 400),
          code(131009, "Parameter value is not valid", 400),
          code(131016, "Service unavailable", 500),
          code(131021, "Recipient cannot be sender", 400),
          code(131026, "Message undeliverable", 400),
          code(131030, "Recipient phone number not in allowed list", 400),
          code(131031, "Business Account locked", 403),
          code(131037, "Display name approval required before sending", 400),
          code(131042, "Business eligibility payment issue", 400),
          code(131045, "Incorrect certificate", 500),
          code(131047, "Re-engagement message", 400),
          code(131048, "Spam rate limit hit", 429),
          code(131049, "Meta chose not to deliver", 400),
          code(131050, "User has stopped marketing messages", 400),
          code(131051, "Unsupported message type", 400),
          code(131052, "Media download error", 400),
          code(131053, "Media upload error", 400),
          code(131055, "Method not allowed", 400),
          code(131056, "(Business Account, Consumer Account) pair rate limit hit", 429),
          code(131057, "Account in maintenance mode", 500),
          code(131062, "Business-scoped user id not supported for this message", 400),
          code(132000, "Number of parameters does not match the expected number of params", 400),
          code(132001, "Template name does not exist in the translation", 404),
          code(132005, "Translated text too long", 400),
          code(132007, "Template format character policy violated", 400),
          code(132008, "Parameter value is not valid", 400),
          code(132012, "Parameter format does not match format in the created template", 400),
          code(132015, "Template is paused", 400),
          code(132016, "Template is disabled", 400),
          code(132068, "Flow is blocked", 400),
          code(132069, "Flow is throttled", 400),
          code(133004, "Server temporarily unavailable", 503),
          code(133005, "Two-step verification PIN mismatch", 400),
          code(133010, "Phone number not registered", 400),
          code(133016, "Account register deregister rate limit exceeded", 400),
          code(135000, "Generic user error", 400),
          code(139100, "Failed to block/unblock users", 400),
          code(139101, "Blocklist limit reached", 400));

  private static Map.Entry<Integer, ErrorCode> code(int code, String title, int status) {
    return Map.entry(code, new ErrorCode(title, status));
  }

  static ErrorCode of(int code) {
    return KNOWN.getOrDefault(code, new ErrorCode("Something went wrong", 400));
  }
}
