package io.recado.access;

import io.recado.journal.Id;
import io.recado.json.JsonObject;
import java.time.Instant;

/// A tenant: owns channels, conversations, keys; sees nothing of another.
///
/// @param key its integer in the database; never on the wire
public record Workspace(long key, Id id, String displayName, Instant createTime) {

  /// Its resource name.
  public String name() {
    return "workspaces/" + id;
  }

  /// As the API shows it.
  public JsonObject json() {
    return JsonObject.builder()
        .with("name", name())
        .with("displayName", displayName)
        .with("createTime", createTime.toString())
        .build();
  }
}
