package io.recado.webhook.endpoint;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.http.request.ApiError;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;

/// Deletes an endpoint with its secrets; nothing is told to it any more.
record DeleteEndpoint(Endpoints endpoints, WebhookEndpoint target, AuditStamp stamp)
    implements Write<Boolean> {

  @Override
  public long workspace() {
    return target.workspace();
  }

  /// @throws ApiError `RESOURCE_NOT_FOUND`
  @Override
  public Boolean apply(Tx tx) {
    WebhookEndpoint endpoint = endpoints.lock(tx, workspace(), target.id());
    AuditLog.append(
        tx,
        workspace(),
        stamp,
        "webhookEndpoints.delete",
        endpoint.name(),
        JsonObject.builder().with("url", endpoint.url()).build());
    endpoints.delete(tx, endpoint, stamp.time());
    return true;
  }
}
