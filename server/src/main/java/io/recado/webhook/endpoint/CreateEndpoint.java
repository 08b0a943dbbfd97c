package io.recado.webhook.endpoint;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/// Makes an endpoint at the log's end.
///
/// @param endpoint without a key yet
record CreateEndpoint(Endpoints endpoints, WebhookEndpoint endpoint, AuditStamp stamp)
    implements Write<WebhookEndpoint> {

  /// How many endpoints a workspace may have.
  static final int MOST = 100;

  @Override
  public long workspace() {
    return endpoint.workspace();
  }

  /// @throws ApiError `WEBHOOK_ENDPOINT_LIMIT`
  @Override
  public WebhookEndpoint apply(Tx tx) {
    if (EndpointStore.count(tx, workspace()) >= MOST) {
      throw ApiError.retryAfter(
          ErrorReason.WEBHOOK_ENDPOINT_LIMIT,
          "A workspace has at most " + MOST + " webhook endpoints; delete one first.",
          Map.of("limit", Integer.toString(MOST)),
          Duration.ofMinutes(1));
    }
    WebhookEndpoint created = endpoints.create(tx, endpoint);
    AuditLog.append(
        tx,
        workspace(),
        stamp,
        "webhookEndpoints.create",
        created.name(),
        JsonObject.builder().with("url", created.url()).build());
    return created;
  }
}
