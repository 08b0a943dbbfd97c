package io.recado.inbound;

import io.recado.journal.Id;
import io.recado.journal.Tx;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What providers sent as it came: of inbound messages, and of what was parked.
final class RawPayloads {

  private static final String KEEP =
      """
      INSERT INTO raw_payload (workspace_key, id, channel_key, time, parked, payload)
      VALUES (?, ?, ?, ?, ?, ?)\
      """;

  private RawPayloads() {}

  /// Keeps a payload.
  ///
  /// @param id the message's, or a new one for what was parked
  /// @param parked why it was parked; null when it became a message
  /// @param payload sealed
  static void keep(
      Tx tx,
      long workspace,
      long channel,
      Id id,
      Instant now,
      @Nullable String parked,
      byte[] payload) {
    tx.batch(
        KEEP,
        binds ->
            binds.number(workspace).id(id).number(channel).time(now).text(parked).bytes(payload));
  }
}
