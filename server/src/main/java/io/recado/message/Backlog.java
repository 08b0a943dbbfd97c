package io.recado.message;

import io.recado.journal.Binds.Binder;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.message.OutboxRow.State;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is still to be handed over, of all workspaces and channels, also of paused ones.
///
/// @param oldest when the oldest message that waits to be sent was accepted, to the second; null
///   when none waits
public record Backlog(Map<State, Long> messages, @Nullable Instant oldest) {

  private static final String COUNT = "SELECT state, COUNT(*) FROM outbox GROUP BY state";
  private static final String OLDEST =
      "SELECT message_id FROM outbox WHERE state = 'WAITING' ORDER BY message_id LIMIT 1";

  /// Counts; reads the whole outbox, so not to be asked often.
  public static Backlog read(Reads reads) {
    Map<State, Long> messages = new EnumMap<>(State.class);
    reads.query(COUNT, Binder.NONE, row -> messages.put(row.name(State.class), row.number()));
    Id oldest = reads.find(OLDEST, Binder.NONE, row -> row.id()).orElse(null);
    return new Backlog(
        messages, oldest == null ? null : Instant.ofEpochSecond(oldest.high() >>> 32));
  }

  /// How many messages are in a state.
  public long count(State state) {
    return messages.getOrDefault(state, 0L);
  }
}
