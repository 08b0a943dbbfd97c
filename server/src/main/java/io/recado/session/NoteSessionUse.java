package io.recado.session;

import io.recado.access.KeyHash;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Notes that a session is used, so that it does not end for want of use.
record NoteSessionUse(long workspace, KeyHash token, Instant time)
    implements Write<@Nullable Void> {

  @Override
  public @Nullable Void apply(Tx tx) {
    SessionStore.noteUse(tx, token, time);
    return null;
  }
}
