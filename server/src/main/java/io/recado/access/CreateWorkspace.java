package io.recado.access;

import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;

/// Makes a workspace and its first admin key. Answers with the workspace as the API shows it, and
/// this once with that key.
///
/// @param workspace the operator's own, in whose audit log it is noted
public record CreateWorkspace(
    long workspace, Id id, String displayName, Id adminKeyId, KeyText adminKey, AuditStamp stamp)
    implements Write<JsonObject> {

  @Override
  public JsonObject apply(Tx tx) {
    Workspace made = WorkspaceStore.insert(tx, id, displayName, stamp.time());
    ApiKey key =
        ApiKey.unrestricted(
            adminKeyId, made.key(), "First admin key", Role.ADMIN, adminKey, stamp.time());
    ApiKeyStore.insert(tx, key, adminKey.hash());
    JsonObject details = JsonObject.builder().with("displayName", displayName).build();
    AuditLog.append(tx, workspace, stamp, "workspaces.create", made.name(), details);
    AuditLog.append(
        tx,
        made.key(),
        stamp,
        "apiKeys.create",
        key.name(),
        JsonObject.builder().with("role", key.role().name()).with("keyHint", key.hint()).build());
    return JsonObject.builder().withAll(made.json()).with("adminKey", adminKey.reveal()).build();
  }
}
