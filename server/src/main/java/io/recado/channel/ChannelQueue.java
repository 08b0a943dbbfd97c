package io.recado.channel;

import io.recado.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How many messages of a channel are still to be handed over.
///
/// @param waiting for their turn, or for the channel; counted up to [QueueStore#MAX_COUNTED]
/// @param oldestTime when the oldest of all was accepted, to the second; null when there is none
record ChannelQueue(long waiting, long inFlight, long inDoubt, @Nullable Instant oldestTime) {

  JsonObject json() {
    return JsonObject.builder()
        .with("waiting", waiting)
        .with("inFlight", inFlight)
        .with("inDoubt", inDoubt)
        .with("oldestTime", oldestTime == null ? null : oldestTime.toString())
        .build();
  }
}
