package io.recado.access;

import io.recado.http.request.ApiError;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// Takes a key back. Nodes that know it refuse it within [Authentication#MAX_AGE], this one at once
/// when [Authentication#forget] is told afterwards.
public record RevokeApiKey(long workspace, Id id, AuditStamp stamp)
    implements Write<@Nullable Void> {

  /// @throws ApiError when the workspace has no such key
  @Override
  public @Nullable Void apply(Tx tx) {
    ApiKey key =
        ApiKeyStore.find(tx, workspace, id).orElseThrow(() -> ApiError.notFound(ApiKey.name(id)));
    ApiKeyStore.delete(tx, workspace, id);
    AuditLog.append(
        tx,
        workspace,
        stamp,
        "apiKeys.delete",
        key.name(),
        JsonObject.builder()
            .with("displayName", key.displayName())
            .with("keyHint", key.hint())
            .build());
    return null;
  }
}
