package io.recado.event;

import io.recado.journal.Id;
import io.recado.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing that happened.
///
/// @param channel the channel's key; null when it concerns none
/// @param conversation the conversation's key; null when it concerns none
/// @param conversationSequence its place among the conversation's events, from 1 without gaps; 0
///   when it concerns none
/// @param message the message concerned; null when it concerns none. What never changes of it is
///   read from the message itself, so an erased message leaves no copy here
/// @param change what this event changed, as the API shows it: of a message its status, times and
///   error
public record Event(
    long workspace,
    EventType type,
    Instant time,
    @Nullable Long channel,
    @Nullable Long conversation,
    long conversationSequence,
    @Nullable Id message,
    JsonObject change) {

  /// An event that concerns a channel only.
  public static Event ofChannel(
      long workspace, EventType type, Instant time, long channel, JsonObject change) {
    return new Event(workspace, type, time, channel, null, 0, null, change);
  }
}
