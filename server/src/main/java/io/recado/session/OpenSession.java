package io.recado.session;

import io.recado.access.ApiKey;
import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.access.KeyHash;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;

/// Makes a session, and ends the oldest of its key when that has [#MOST].
///
/// @param token the hash of what the cookie holds
record OpenSession(KeyHash token, Session session, AuditStamp stamp) implements Write<Session> {

  /// How many sessions of one key there are at most, so that no key fills the table.
  static final int MOST = 100;

  @Override
  public long workspace() {
    return session.workspace();
  }

  @Override
  public Session apply(Tx tx) {
    SessionStore.deleteOldest(tx, session.workspace(), session.apiKey(), MOST - 1);
    SessionStore.insert(tx, token, session);
    AuditLog.append(
        tx,
        session.workspace(),
        stamp,
        "session.create",
        ApiKey.name(session.apiKey()),
        JsonObject.empty());
    return session;
  }
}
