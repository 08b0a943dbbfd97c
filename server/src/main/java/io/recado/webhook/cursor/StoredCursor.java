package io.recado.webhook.cursor;

import org.jspecify.annotations.Nullable;

/// How far a cursor has come.
///
/// @param number 0 for the endpoint's own, else a replay's
/// @param position everything up to here is delivered, or in the charge of a [StoredLane]
/// @param until where it ends; null for the endpoint's own, which goes on
public record StoredCursor(int number, long position, @Nullable Long until) {}
