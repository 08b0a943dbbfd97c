package io.recado.access;

import io.recado.journal.Id;
import io.recado.json.JsonObject;
import java.time.Instant;

/// One change that somebody made.
///
/// @param actor a key's resource name, `cli` or `system`
/// @param action collection and verb, such as `channels.create`
/// @param resource the resource name of what was changed
/// @param details what a reader needs to understand it; never a secret
public record AuditEntry(
    Id id, Instant time, String actor, String action, String resource, JsonObject details) {

  /// As the API shows it.
  JsonObject json() {
    return JsonObject.builder()
        .with("time", time.toString())
        .with("actor", actor)
        .with("action", action)
        .with("resource", resource)
        .with("details", details)
        .build();
  }
}
