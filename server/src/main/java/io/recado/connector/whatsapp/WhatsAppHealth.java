package io.recado.connector.whatsapp;

import io.recado.connector.ConnectorSession.Problem;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.connector.whatsapp.WhatsAppErrors.Verdict;
import io.recado.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What Meta's description of a number says about whether it can send.
///
/// Source: the `status` and `health_status` fields of a phone number in Meta's Graph API reference.
final class WhatsAppHealth {

  // All other values, also those unknown here, do not keep the number from sending.
  private static final Map<String, Reason> BY_STATUS =
      Map.of(
          "BANNED", Reason.ACCOUNT_RESTRICTED,
          "RESTRICTED", Reason.ACCOUNT_RESTRICTED,
          "DELETED", Reason.ACCOUNT_UNREGISTERED,
          "DISCONNECTED", Reason.ACCOUNT_UNREGISTERED,
          "MIGRATED", Reason.ACCOUNT_UNREGISTERED,
          "PENDING", Reason.ACCOUNT_UNREGISTERED,
          "UNVERIFIED", Reason.ACCOUNT_UNREGISTERED,
          "RATE_LIMITED", Reason.THROTTLED);

  private WhatsAppHealth() {}

  /// What keeps the number from sending; none when nothing is said to.
  static List<Problem> problems(JsonObject number) {
    List<Problem> problems = new ArrayList<>();
    String status = number.string("status").orElse("");
    if (BY_STATUS.containsKey(status)) {
      problems.add(new Problem(BY_STATUS.get(status), new ProviderAnswer(200, status, null)));
    }
    JsonObject health = number.object("health_status").orElse(JsonObject.empty());
    for (JsonObject entity : health.objects("entities")) {
      if (isBlocked(entity)) {
        problems.addAll(blocked(entity));
      }
    }
    if (problems.isEmpty() && isBlocked(health)) {
      problems.add(
          new Problem(Reason.ACCOUNT_RESTRICTED, new ProviderAnswer(200, "BLOCKED", null)));
    }
    return List.copyOf(problems);
  }

  private static boolean isBlocked(JsonObject health) {
    return health.string("can_send_message").orElse("").equals("BLOCKED");
  }

  private static List<Problem> blocked(JsonObject entity) {
    return entity.objects("errors").stream().map(WhatsAppHealth::problem).toList();
  }

  private static Problem problem(JsonObject error) {
    Reason reason =
        error
            .number("error_code")
            .flatMap(WhatsAppErrors::find)
            .filter(Verdict.Break.class::isInstance)
            .map(Verdict::reason)
            .orElse(Reason.ACCOUNT_RESTRICTED);
    return new Problem(
        reason,
        new ProviderAnswer(
            200,
            error.scalar("error_code").orElse(null),
            error.string("error_description").orElse(null)));
  }
}
