package io.recado.access;

import io.recado.http.request.ApiError;
import io.recado.http.request.Violation;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Makes a key. Answers with it as the API shows it, and this once with the key itself.
public record CreateApiKey(ApiKey key, KeyText text, AuditStamp stamp)
    implements Write<JsonObject> {

  @Override
  public long workspace() {
    return key.workspace();
  }

  /// @throws ApiError when the workspace lacks one of the key's channels
  @Override
  public JsonObject apply(Tx tx) {
    requireChannels(tx);
    ApiKeyStore.insert(tx, key, text.hash());
    AuditLog.append(
        tx,
        key.workspace(),
        stamp,
        "apiKeys.create",
        key.name(),
        JsonObject.builder()
            .with("displayName", key.displayName())
            .with("role", key.role().name())
            .with("keyHint", key.hint())
            .build());
    return JsonObject.builder().withAll(key.json()).with("key", text.reveal()).build();
  }

  private void requireChannels(Tx tx) {
    if (key.channels().isEmpty()) {
      return;
    }
    Set<Id> missing = new TreeSet<>(key.channels());
    missing.removeAll(ApiKeyStore.existingChannels(tx, key.workspace(), key.channels()));
    if (!missing.isEmpty()) {
      List<Violation> violations =
          missing.stream()
              .map(
                  channel ->
                      new Violation(
                          "channels",
                          "INVALID_VALUE",
                          "There is no channels/" + channel + " in this workspace."))
              .toList();
      throw ApiError.invalid(violations);
    }
  }
}
