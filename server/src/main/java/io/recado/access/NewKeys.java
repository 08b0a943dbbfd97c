package io.recado.access;

import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Makes keys: the only place where their chance comes from. Safe for many threads.
public final class NewKeys {

  private final Ids ids;
  private final RandomGenerator random;

  /// @param random cryptographically strong
  public NewKeys(Ids ids, RandomGenerator random) {
    this.ids = ids;
    this.random = random;
  }

  /// The write that makes an unrestricted key of any role, also [Role#OPERATOR]. Its answer holds
  /// the key as `key`.
  public CreateApiKey create(long workspace, String displayName, Role role, AuditStamp stamp) {
    return create(workspace, new ApiKeyDraft(displayName, role, Set.of(), null, null), stamp);
  }

  CreateApiKey create(long workspace, ApiKeyDraft draft, AuditStamp stamp) {
    KeyText text = text();
    return new CreateApiKey(draft.key(id(), workspace, text, stamp.time()), text, stamp);
  }

  /// The write that makes a workspace and its first admin key.
  ///
  /// @param operator the workspace of whoever makes it
  CreateWorkspace createWorkspace(long operator, String displayName, AuditStamp stamp) {
    return new CreateWorkspace(operator, id(), displayName, id(), text(), stamp);
  }

  Id id() {
    return ids.next();
  }

  KeyText text() {
    return KeyText.make(random);
  }
}
