package io.recado.session;

import io.recado.access.ApiKey;
import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.access.KeyHash;
import io.recado.http.request.Caller;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// Ends a session; one that has ended already is no fault.
///
/// @param caller who signs out
record EndSession(KeyHash token, Caller caller, AuditStamp stamp) implements Write<@Nullable Void> {

  @Override
  public long workspace() {
    return caller.workspace();
  }

  @Override
  public @Nullable Void apply(Tx tx) {
    if (SessionStore.delete(tx, token)) {
      AuditLog.append(
          tx,
          caller.workspace(),
          stamp,
          "session.delete",
          ApiKey.name(caller.apiKey()),
          JsonObject.empty());
    }
    return null;
  }
}
