package io.recado;

import io.recado.access.AuditLog;
import io.recado.access.NewKeys;
import io.recado.access.Workspace;
import io.recado.access.WorkspaceStore;
import io.recado.http.request.Role;
import io.recado.journal.Ids;
import io.recado.json.JsonObject;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Makes operator keys, which the API does not offer: whoever can reach the database is an operator
/// already.
final class OperatorKey {

  private OperatorKey() {}

  /// Makes one in workspace `default`.
  ///
  /// @return the key, to be shown once
  /// @throws CannotStart when the database cannot be used, also because a server holds its folder
  static String create(Config config, String displayName, InstantSource clock) {
    if (config.databaseUrl().isEmpty() && !Files.exists(config.data().resolve("recado.db"))) {
      throw new CannotStart(
          "RECADO_DATA: there is no database in "
              + config.data()
              + "; name the server's data folder, or start it once");
    }
    var random = new SecureRandom();
    var ids = new Ids(clock, random);
    try (Storage storage = Storage.open(config, Storage.Kind.PRODUCTION, (writes, nanos) -> {})) {
      Workspace workspace =
          storage
              .reads()
              .read(WorkspaceStore::findDefault)
              .orElseThrow(
                  () ->
                      new CannotStart("The database is empty; start the server once, it fills it"));
      JsonObject key =
          storage
              .journal()
              .commit(
                  new NewKeys(ids, random)
                      .create(
                          workspace.key(),
                          displayName,
                          Role.OPERATOR,
                          new AuditLog(ids, clock).stamp(AuditLog.CLI)));
      return key.string("key").orElseThrow();
    }
  }
}
