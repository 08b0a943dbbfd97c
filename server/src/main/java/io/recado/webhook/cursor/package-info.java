/// What decides about webhooks: which event goes to which endpoint when, and what an answer means.
///
/// An endpoint is a cursor over the log, and one row for each conversation that does not keep up
/// with it: one that is being retried, or has more to tell than its share. [Deliverer] takes inputs
/// and the time, and gives commands; it does no I/O, and has no clock, thread or lock. Everything
/// it holds can be lost: from what [Deliverer#takeProgress] gave last it goes on, repeating at most
/// what was delivered since.
@NullMarked
package io.recado.webhook.cursor;

import org.jspecify.annotations.NullMarked;
