package io.recado.webhook.endpoint;

import io.recado.event.EventType;
import io.recado.journal.Reads;
import io.recado.json.JsonObject;
import io.recado.webhook.cursor.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An endpoint as the API shows it. Secrets are shown only when they were just made.
final class EndpointJson {

  private EndpointJson() {}

  static JsonObject of(Reads reads, WebhookEndpoint endpoint) {
    return builder(reads, endpoint).build();
  }

  /// With the newest secret.
  static JsonObject withSecret(Reads reads, WebhookEndpoint endpoint) {
    return builder(reads, endpoint)
        .with("secret", endpoint.secrets().getFirst().secret().reveal())
        .build();
  }

  private static JsonObject.Builder builder(Reads reads, WebhookEndpoint endpoint) {
    return JsonObject.builder()
        .with("name", endpoint.name())
        .with("url", endpoint.url())
        .with("types", endpoint.types().stream().sorted().map(EventType::wireName).toList())
        .with(
            "channels", endpoint.channels().stream().sorted().map(id -> "channels/" + id).toList())
        .with("state", endpoint.state().name())
        .with("createTime", endpoint.createTime().toString())
        .with("updateTime", endpoint.updateTime().toString())
        .with("health", health(reads, endpoint));
  }

  private static JsonObject health(Reads reads, WebhookEndpoint endpoint) {
    long workspace = endpoint.workspace();
    Standing standing = StandingStore.standing(reads, workspace, endpoint.key());
    List<JsonObject> problems = new ArrayList<>();
    if (!endpoint.isEnabled()) {
      problems.add(disabled(endpoint));
    } else if (standing.failingSince() != null) {
      problems.add(failing(standing));
    } else {
      long waiting = StandingStore.waiting(reads, workspace, endpoint.key());
      if (waiting > 0) {
        problems.add(refused(waiting, standing.failures().from()));
      }
    }
    StandingStore.gapTime(reads, workspace, endpoint.key())
        .ifPresent(time -> problems.add(gap(time)));
    boolean isBroken = !endpoint.isEnabled() || standing.failingSince() != null;
    return JsonObject.builder()
        .with("status", isBroken ? "BROKEN" : problems.isEmpty() ? "OK" : "DEGRADED")
        .with("problems", problems)
        .with("waitingEvents", StandingStore.behind(reads, workspace, endpoint.key()))
        .with(
            "lastSuccessTime",
            standing.successTime() == null ? null : standing.successTime().toString())
        .build();
  }

  private static JsonObject disabled(WebhookEndpoint endpoint) {
    String why =
        endpoint.disabledCause() == null
            ? "It was disabled by a caller."
            : switch (endpoint.disabledCause()) {
              case GONE -> "It was disabled because it answered 410: nothing is wanted there.";
              case FAILING -> "It was disabled because it had no success for five days.";
            };
    return problem(
        "DISABLED",
        why,
        "Mend the receiver or change the url, then call :enable; it resumes where it stopped.",
        endpoint.disabledTime());
  }

  private static JsonObject failing(Standing standing) {
    boolean isStatus = standing.failure() != null && standing.failure().matches("\\d+");
    return problem(
        "FAILING",
        isStatus
            ? "It answers " + standing.failure() + "; nothing else is sent meanwhile."
            : "It does not answer (" + standing.failure() + "); nothing else is sent meanwhile.",
        "Mend the receiver. It is tried again at least every 5 minutes, and the first success"
            + " resumes everything in order.",
        standing.failingSince());
  }

  private static JsonObject refused(long conversations, @Nullable Instant since) {
    return problem(
        "EVENTS_REFUSED",
        "It refused events of %d conversation%s; they are tried again, the others go on."
            .formatted(conversations, conversations == 1 ? "" : "s"),
        "See what it answered: GET …/deliveries with filter status = \"RETRYING\".",
        since);
  }

  private static JsonObject gap(Instant time) {
    return problem(
        "EVENTS_LOST",
        "It was away for longer than events are kept; what was between is gone.",
        "Read what you need of the time before through the API.",
        time);
  }

  private static JsonObject problem(
      String reason, String message, String remedy, @Nullable Instant since) {
    return JsonObject.builder()
        .with("reason", reason)
        .with("message", message)
        .with("remedy", remedy)
        .with("sinceTime", since == null ? null : since.toString())
        .build();
  }
}
