package io.recado.webhook.endpoint;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.http.request.ApiError;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import io.recado.webhook.WebhookSecret;

/// Gives an endpoint a new secret. The ones before sign too for [SigningSecret#OVERLAP].
record RotateSecret(
    Endpoints endpoints, WebhookEndpoint target, WebhookSecret fresh, AuditStamp stamp)
    implements Write<WebhookEndpoint> {

  @Override
  public long workspace() {
    return target.workspace();
  }

  /// @throws ApiError `RESOURCE_NOT_FOUND`
  @Override
  public WebhookEndpoint apply(Tx tx) {
    WebhookEndpoint before = endpoints.lock(tx, workspace(), target.id());
    AuditLog.append(
        tx, workspace(), stamp, "webhookEndpoints.rotateSecret", before.name(), JsonObject.empty());
    var secrets = SigningSecret.rotated(before.secrets(), fresh, stamp.time());
    return endpoints.change(tx, before, before.withSecrets(secrets, stamp.time()));
  }
}
