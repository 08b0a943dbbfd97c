/// What the emulator tells a business: signed POSTs, batched like Meta's, repeated until answered
/// 200.
///
/// An [Update] goes into the queue of its [Destination]; a moment later up to a batch of them leave
/// in one body. The exact bytes are signed and kept for redelivery: after 5 s, then twice as long
/// each time up to an hour, for 7 days. Order between POSTs is not promised, as it is not by Meta.
/// What waits is bounded; beyond that the newest are dropped and counted. Start reading at
/// [Callbacks].
@NullMarked
package io.recado.emulator.callback;

import org.jspecify.annotations.NullMarked;
