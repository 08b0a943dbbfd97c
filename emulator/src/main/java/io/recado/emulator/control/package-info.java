/// How a test steers the emulator and looks at it, on loopback only.
///
/// Not part of WhatsApp: paths under `/_emulator/` that set accounts and behaviour, let a person
/// write, move the clock and list what was accepted. Wrong input is answered 400 with a sentence
/// that says what to change, and changes nothing. Start reading at [ControlRoutes].
@NullMarked
package io.recado.emulator.control;

import org.jspecify.annotations.NullMarked;
