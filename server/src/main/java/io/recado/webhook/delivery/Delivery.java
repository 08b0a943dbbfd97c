package io.recado.webhook.delivery;

import io.recado.event.EventType;
import io.recado.journal.Id;
import io.recado.webhook.cursor.Command.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One event on its way to one endpoint, from its first attempt on.
///
/// @param position the event's
/// @param message the message that the event is about; null when about none
/// @param due when it is tried next; null when not any more
/// @param last the latest attempt
record Delivery(
    long endpoint,
    long position,
    long lane,
    EventType type,
    Instant eventTime,
    @Nullable Id message,
    State state,
    @Nullable Instant due,
    Instant createTime,
    Attempt last) {

  /// One try.
  ///
  /// @param number from 1; waiting for a failing endpoint uses none up
  /// @param status of HTTP; 0 when no answer came
  /// @param answer how the answer began; without one, what went wrong
  record Attempt(int number, Instant time, int status, Duration latency, String answer) {}
}
