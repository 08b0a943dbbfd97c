package io.recado.webhook.endpoint;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.event.Event;
import io.recado.event.EventLog;
import io.recado.event.EventType;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import io.recado.webhook.cursor.Command.Cause;
import java.util.Optional;

/// The server disables an endpoint by itself, and tells of it with an event, a line in the audit
/// log and the endpoint's health. Answers whether it was enabled until then.
public record DisableEndpoint(
    Endpoints endpoints, WebhookEndpoint target, Cause cause, AuditStamp stamp)
    implements Write<Boolean> {

  @Override
  public long workspace() {
    return target.workspace();
  }

  @Override
  public Boolean apply(Tx tx) {
    Optional<WebhookEndpoint> before = endpoints.store().lock(tx, workspace(), target.id());
    if (before.isEmpty() || !before.get().isEnabled()) {
      return false;
    }
    WebhookEndpoint after = before.get().disabled(cause, stamp.time());
    endpoints.change(tx, before.get(), after);
    AuditLog.append(
        tx,
        workspace(),
        stamp,
        "webhookEndpoints.disable",
        after.name(),
        JsonObject.builder().with("cause", cause.name()).build());
    EventLog.append(
        tx,
        new Event(
            workspace(),
            EventType.WEBHOOK_ENDPOINT_DISABLED,
            stamp.time(),
            null,
            null,
            0,
            null,
            JsonObject.builder()
                .with("name", after.name())
                .with("url", after.url())
                .with("state", after.state().name())
                .with("cause", cause.name())
                .build()));
    return true;
  }
}
