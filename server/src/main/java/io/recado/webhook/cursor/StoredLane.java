package io.recado.webhook.cursor;

import java.time.Instant;

/// A conversation that does not keep up with its cursor.
///
/// @param position the next event to be delivered is here or later
/// @param attempts how often the event at `position` was refused
/// @param dueTime when it is tried next
public record StoredLane(int cursor, long lane, long position, int attempts, Instant dueTime) {}
