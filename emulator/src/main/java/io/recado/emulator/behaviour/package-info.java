/// What a test can change about the emulator while it runs: latencies, losses, limits.
///
/// A [Behaviour] is one value, replaced whole. Its JSON form and its Java form hold the same; a
/// wrong field is refused with a sentence, and then nothing changes. Start reading at [Behaviour].
@NullMarked
package io.recado.emulator.behaviour;

import org.jspecify.annotations.NullMarked;
