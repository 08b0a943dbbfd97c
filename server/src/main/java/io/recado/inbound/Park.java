package io.recado.inbound;

import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Keeps an item of a callback that could not be applied, with the reason, so that nothing inbound
/// is dropped.
///
/// @param channel the one through which it came
/// @param why one sentence, without personal data
/// @param payload sealed
record Park(long workspace, long channel, Id id, String why, byte[] payload, Instant now)
    implements Write<Void> {

  @Override
  public long lane() {
    return channel;
  }

  @Override
  public @Nullable Void apply(Tx tx) {
    RawPayloads.keep(tx, workspace, channel, id, now, why, payload);
    return null;
  }
}
