package io.recado.access;

import io.recado.access.EnsureDefaultWorkspace.Ensured;
import io.recado.http.request.ApiError;
import io.recado.journal.Journal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What every start ensures before the first request: workspace `default`, and an admin key of it
/// that somebody has.
public final class DefaultWorkspace {

  private final Journal journal;
  private final AuditLog auditLog;
  private final NewKeys newKeys;

  /// Over these parts.
  public DefaultWorkspace(Journal journal, AuditLog auditLog, NewKeys newKeys) {
    this.journal = journal;
    this.auditLog = auditLog;
    this.newKeys = newKeys;
  }

  /// Makes what is missing.
  ///
  /// @param adminKey the operator's own (`RECADO_ADMIN_KEY`); null when none is given
  /// @throws IllegalArgumentException when the admin key has no form that a key can have
  /// @throws ApiError when the admin key is another workspace's
  public Opened ensure(@Nullable String adminKey) {
    KeyText text = adminKey == null ? newKeys.text() : KeyText.of(adminKey);
    Ensured ensured =
        journal.commit(
            new EnsureDefaultWorkspace(
                newKeys.id(), newKeys.id(), text, auditLog.stamp(AuditLog.SYSTEM)));
    Workspace workspace = ensured.workspace();
    if (adminKey != null) {
      journal.commit(
          new EnsureAdminKey(workspace.key(), newKeys.id(), text, auditLog.stamp(AuditLog.SYSTEM)));
    }
    boolean show = adminKey == null && ensured.isNew();
    return new Opened(workspace, show ? Optional.of(text.reveal()) : Optional.empty());
  }

  /// The workspace `default`.
  ///
  /// @param newKey its admin key, when it has just been made: to be printed once
  public record Opened(Workspace workspace, Optional<String> newKey) {

    /// The workspace only.
    @Override
    public String toString() {
      return "Opened[" + workspace.name() + "]";
    }
  }
}
