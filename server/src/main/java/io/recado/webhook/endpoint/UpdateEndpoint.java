package io.recado.webhook.endpoint;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.http.request.ApiError;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.util.List;
import java.util.function.UnaryOperator;

/// Changes what a caller may set of an endpoint. Enabled again it resumes where it stopped, and
/// what it answered before does not count. A change of nothing leaves no trace.
///
/// @param target the endpoint as the caller found it
/// @param patch applied to the endpoint as it is by now
record UpdateEndpoint(
    Endpoints endpoints,
    WebhookEndpoint target,
    UnaryOperator<EndpointDraft> patch,
    AuditStamp stamp)
    implements Write<WebhookEndpoint> {

  @Override
  public long workspace() {
    return target.workspace();
  }

  /// @throws ApiError `RESOURCE_NOT_FOUND`
  @Override
  public WebhookEndpoint apply(Tx tx) {
    WebhookEndpoint before = endpoints.lock(tx, workspace(), target.id());
    EndpointDraft old = EndpointDraft.of(before);
    EndpointDraft draft = patch.apply(old);
    List<String> fields = draft.differences(old);
    if (fields.isEmpty()) {
      return before;
    }
    if (fields.contains("url") || fields.contains("state")) {
      StandingStore.forgetFailures(tx, workspace(), before.key());
    }
    AuditLog.append(
        tx,
        workspace(),
        stamp,
        "webhookEndpoints.update",
        before.name(),
        JsonObject.builder().with("fields", fields).build());
    return endpoints.change(tx, before, before.with(draft, stamp.time()));
  }
}
