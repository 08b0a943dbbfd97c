package io.recado.access;

import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.util.Optional;

/// Makes a given key an unrestricted admin key of the workspace; changes nothing when it is one.
///
/// @param id of the key, if it is made
public record EnsureAdminKey(long workspace, Id id, KeyText text, AuditStamp stamp)
    implements Write<ApiKey> {

  /// @throws ApiError when the key belongs to another workspace
  @Override
  public ApiKey apply(Tx tx) {
    Optional<ApiKey> known = ApiKeyStore.findByHash(tx, text.hash());
    if (known.isEmpty()) {
      ApiKey key =
          ApiKey.unrestricted(id, workspace, "RECADO_ADMIN_KEY", Role.ADMIN, text, stamp.time());
      ApiKeyStore.insert(tx, key, text.hash());
      note(tx, "apiKeys.create", key);
      return key;
    }
    ApiKey key = known.get();
    if (key.workspace() != workspace) {
      throw ApiError.of(
          ErrorReason.INVALID_FIELDS,
          "RECADO_ADMIN_KEY is already a key of another workspace; choose another key.");
    }
    boolean isAdmin =
        key.role() == Role.ADMIN && key.channels().isEmpty() && key.expireTime() == null;
    if (!isAdmin) {
      ApiKeyStore.makeAdmin(tx, workspace, key.id());
      note(tx, "apiKeys.update", key);
    }
    return ApiKeyStore.find(tx, workspace, key.id()).orElseThrow();
  }

  private void note(Tx tx, String action, ApiKey key) {
    JsonObject details =
        JsonObject.builder().with("role", Role.ADMIN.name()).with("keyHint", text.hint()).build();
    AuditLog.append(tx, workspace, stamp, action, key.name(), details);
  }
}
