package io.recado.webhook.delivery;

import io.recado.feed.EventIds;
import io.recado.journal.Reads;
import io.recado.json.JsonObject;
import io.recado.webhook.cursor.Answer;
import io.recado.webhook.delivery.Delivery.Attempt;
import io.recado.webhook.endpoint.WebhookEndpoint;

/// A delivery as the API shows it.
final class DeliveryJson {

  private DeliveryJson() {}

  static JsonObject of(Reads reads, WebhookEndpoint endpoint, Delivery delivery, EventIds ids) {
    String event = ids.text(delivery.position());
    return JsonObject.builder()
        .with("name", endpoint.name() + "/deliveries/" + event)
        .with("event", event)
        .with("type", delivery.type().wireName())
        .with("status", delivery.state().name())
        .with("eventTime", delivery.eventTime().toString())
        .with("createTime", delivery.createTime().toString())
        .with("nextAttemptTime", delivery.due() == null ? null : delivery.due().toString())
        .with(
            "attempts",
            DeliveryStore.attempts(reads, endpoint.workspace(), delivery).stream()
                .map(DeliveryJson::attempt)
                .toList())
        .build();
  }

  private static JsonObject attempt(Attempt attempt) {
    return JsonObject.builder()
        .with("attempt", attempt.number())
        .with("time", attempt.time().toString())
        .with("httpStatus", attempt.status() == 0 ? null : attempt.status())
        .with("latencyMillis", attempt.latency().toMillis())
        .with("answer", attempt.answer())
        .build();
  }

  /// What came of a trial.
  static JsonObject trial(Answer answer) {
    return JsonObject.builder()
        .with("delivered", answer.kind() == Answer.Kind.DELIVERED)
        .with("httpStatus", answer.status() == 0 ? null : answer.status())
        .with("latencyMillis", answer.latency().toMillis())
        .with("answer", answer.text())
        .build();
  }
}
