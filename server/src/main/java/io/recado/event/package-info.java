/// What happened, in order: the log that webhooks, streams and the console read.
///
/// No change without its event, no event without its change: every [io.recado.journal.Write]
/// appends to [io.recado.event.EventLog] in its own transaction. Positions are given in commit
/// order, without gaps, so a reader at the tail misses none.
@NullMarked
package io.recado.event;

import org.jspecify.annotations.NullMarked;
