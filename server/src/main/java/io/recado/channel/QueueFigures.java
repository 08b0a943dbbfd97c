package io.recado.channel;

import io.recado.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How many messages of a channel are still to be handed over.
///
/// Counted up to [QueueStore#MAX_COUNTED].
///
/// @param waiting for their turn, for the channel, or held back by the provider
/// @param scheduled for a later time
/// @param oldestTime when the oldest of those that are not scheduled was accepted, to the second;
///   null when there is none
record QueueFigures(
    long waiting, long scheduled, long inFlight, long inDoubt, @Nullable Instant oldestTime) {

  JsonObject json() {
    return JsonObject.builder()
        .with("waiting", waiting)
        .with("scheduled", scheduled)
        .with("inFlight", inFlight)
        .with("inDoubt", inDoubt)
        .with("oldestTime", oldestTime == null ? null : oldestTime.toString())
        .build();
  }
}
