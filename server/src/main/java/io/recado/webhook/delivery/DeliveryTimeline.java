package io.recado.webhook.delivery;

import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.json.JsonObject;
import io.recado.webhook.cursor.Command.State;
import io.recado.webhook.delivery.Delivery.Attempt;
import io.recado.webhook.endpoint.EndpointStore;
import io.recado.webhook.endpoint.EndpointStore.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a message's events were told to, in plain sentences, for the message's timeline.
public final class DeliveryTimeline {

  private DeliveryTimeline() {}

  /// The steps, each with `time`, `kind` and `text`, as the API shows them.
  public static List<JsonObject> of(Reads reads, long workspace, Id message) {
    Map<Long, Optional<Shown>> endpoints = new HashMap<>();
    List<JsonObject> steps = new ArrayList<>();
    for (Delivery delivery : DeliveryStore.ofMessage(reads, workspace, message)) {
      Optional<Shown> endpoint =
          endpoints.computeIfAbsent(
              delivery.endpoint(), key -> EndpointStore.shown(reads, workspace, key));
      for (Attempt attempt : DeliveryStore.attempts(reads, workspace, delivery)) {
        steps.add(step(delivery, attempt, endpoint));
      }
    }
    return steps;
  }

  private static JsonObject step(Delivery delivery, Attempt attempt, Optional<Shown> endpoint) {
    return JsonObject.builder()
        .with("time", attempt.time().toString())
        .with("kind", "WEBHOOK")
        .with("text", sentence(delivery, attempt, endpoint.map(Shown::host).orElse("an endpoint")))
        .with("webhookEndpoint", endpoint.map(one -> "webhookEndpoints/" + one.id()).orElse(null))
        .with("eventType", delivery.type().wireName())
        .with("attempt", attempt.number())
        .with("httpStatus", attempt.status() == 0 ? null : attempt.status())
        .with("latencyMillis", attempt.latency().toMillis())
        .build();
  }

  private static String sentence(Delivery delivery, Attempt attempt, String host) {
    String what = delivery.type().wireName();
    if (attempt.status() / 100 == 2) {
      return "%s was told to %s: answered %d.".formatted(what, host, attempt.status());
    }
    String came = attempt.status() == 0 ? attempt.answer() : "answered " + attempt.status();
    return "%s was not taken by %s: %s. %s".formatted(what, host, came, next(delivery, attempt));
  }

  private static String next(Delivery delivery, Attempt attempt) {
    boolean isLast = attempt.equals(delivery.last());
    if (isLast && delivery.state() == State.FAILED) {
      return "It is not tried again.";
    }
    return isLast && delivery.due() != null
        ? "It is tried again from " + delivery.due() + " on."
        : "It was tried again.";
  }
}
