package io.recado.access;

import io.recado.http.request.Caller;
import io.recado.journal.Ids;
import io.recado.journal.Tx;
import io.recado.json.JsonObject;
import java.time.InstantSource;

/// Who changed what, written in the transaction of the change. Safe for many threads.
///
/// A route takes a stamp for its caller and gives it to the Write, whose `apply` calls [#append(Tx,
/// long, AuditStamp, String, String, JsonObject)].
public final class AuditLog {

  /// The actor of what was changed on the command line.
  public static final String CLI = "cli";

  /// The actor of what the server changed by itself.
  public static final String SYSTEM = "system";

  private final Ids ids;
  private final InstantSource clock;

  /// A log whose entries are named and timed by these.
  public AuditLog(Ids ids, InstantSource clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /// A stamp for a change that the caller asked for.
  public AuditStamp stamp(Caller caller) {
    return stamp(ApiKey.name(caller.apiKey()));
  }

  /// A stamp for a change by [#CLI] or [#SYSTEM].
  public AuditStamp stamp(String actor) {
    return new AuditStamp(ids.next(), clock.instant(), actor);
  }

  /// Appends an entry to the workspace's log.
  ///
  /// @param action collection and verb, such as `channels.create`
  /// @param resource the resource name of what is changed
  /// @param details never a secret
  public static void append(
      Tx tx, long workspace, AuditStamp stamp, String action, String resource, JsonObject details) {
    AuditStore.insert(
        tx,
        workspace,
        new AuditEntry(stamp.id(), stamp.time(), stamp.actor(), action, resource, details));
  }
}
