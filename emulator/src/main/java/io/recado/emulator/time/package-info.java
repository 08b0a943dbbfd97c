/// What happens later, on one clock that may be moved.
///
/// One thread waits for all that is due; tasks are short and never block. Whoever moves the clock
/// calls [Timers#rearm], and what has come due by that runs at once, in the order of its time.
/// Start reading at [Timers].
@NullMarked
package io.recado.emulator.time;

import org.jspecify.annotations.NullMarked;
