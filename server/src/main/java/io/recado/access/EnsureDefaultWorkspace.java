package io.recado.access;

import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;

/// Makes the workspace `default` and its admin key on an empty database; finds it on any other. Two
/// nodes that start at once make one.
///
/// @param id of the workspace, if it is made
/// @param adminKeyId of its admin key, if it is made
record EnsureDefaultWorkspace(Id id, Id adminKeyId, KeyText adminKey, AuditStamp stamp)
    implements Write<EnsureDefaultWorkspace.Ensured> {

  static final String DISPLAY_NAME = "default";

  /// No workspace's: there may be none yet.
  @Override
  public long workspace() {
    return 0;
  }

  @Override
  public Ensured apply(Tx tx) {
    if (!WorkspaceStore.claimDefault(tx, id)) {
      return new Ensured(WorkspaceStore.findDefault(tx).orElseThrow(), false);
    }
    Workspace made = WorkspaceStore.insert(tx, id, DISPLAY_NAME, stamp.time());
    ApiKey key =
        ApiKey.unrestricted(
            adminKeyId, made.key(), "First admin key", Role.ADMIN, adminKey, stamp.time());
    ApiKeyStore.insert(tx, key, adminKey.hash());
    AuditLog.append(tx, made.key(), stamp, "workspaces.create", made.name(), JsonObject.empty());
    return new Ensured(made, true);
  }

  /// @param isNew whether this write made it, and with it the admin key
  record Ensured(Workspace workspace, boolean isNew) {}
}
