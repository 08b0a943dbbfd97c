/// Messages, the centre: what they are, how their status moves, and how one is accepted.
///
/// A 200 means that [io.recado.message.AcceptMessage] is on disk: the message, its place in the
/// conversation, its outbox row, its event and its idempotency key, in one transaction. From then
/// on [io.recado.message.Progress] alone decides how the status moves; it never moves back.
@NullMarked
package io.recado.message;

import org.jspecify.annotations.NullMarked;
