package io.recado.webhook.cursor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the deliverer wants done.
public sealed interface Command {

  /// Read the log: answered by [Input.PageRead], [Input.GapFound] or [Input.ReadFailed].
  ///
  /// @param limit at most so many events
  record ReadPage(long workspace, long endpoint, int cursor, long after, int limit)
      implements Command {}

  /// Look for a lane's next events: answered by [Input.LaneRead] or [Input.LaneFailed].
  record ReadLane(long workspace, long endpoint, int cursor, long lane, long after, long upTo)
      implements Command {}

  /// Send an event: answered by [Input.Ended].
  ///
  /// @param ticket tells this attempt from all others
  /// @param attempt from 1
  record Deliver(long workspace, Place place, int attempt, long ticket) implements Command {}

  /// Keep what came of an attempt.
  ///
  /// @param dueTime when it is tried next; null when not any more
  record Record(
      long workspace,
      Place place,
      int attempt,
      Answer answer,
      State state,
      @Nullable Instant dueTime)
      implements Command {}

  /// Disable an endpoint.
  record Disable(long workspace, long endpoint, Cause cause) implements Command {}

  /// How a delivery stands.
  enum State {
    /// The endpoint has it.
    DELIVERED,
    /// It was refused and is tried again; or it waits for an endpoint that is failing.
    RETRYING,
    /// It was refused for the last time.
    FAILED
  }

  /// Why an endpoint is disabled.
  enum Cause {
    /// It answered 410.
    GONE,
    /// It has failed for five days.
    FAILING
  }
}
