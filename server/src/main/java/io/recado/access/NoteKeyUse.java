package io.recado.access;

import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Notes when a key was last used, at most once in an interval whatever the number of nodes.
record NoteKeyUse(long workspace, Id id, Instant time, Duration interval)
    implements Write<@Nullable Void> {

  @Override
  public @Nullable Void apply(Tx tx) {
    ApiKeyStore.noteUse(tx, workspace, id, time, interval);
    return null;
  }
}
