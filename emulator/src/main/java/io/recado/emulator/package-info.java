/// A WhatsApp Cloud API to test against: a product of its own, which knows nothing of the Recado
/// server.
///
/// [Emulator] starts it inside a JVM, [Main] from a command line. It answers as Meta does (`graph`
/// is the way in), checks as strictly as Meta does (`message`, `template`, `media`, `number`), and
/// reports by signed callbacks (`callback`). A test steers it over its control paths (`control`).
/// All state is in memory and bounded.
///
/// The packages import downwards only: control, then message, then template, media and number, then
/// callback, then behaviour, then graph, then account and time. Start reading at [Emulator].
@NullMarked
package io.recado.emulator;

import org.jspecify.annotations.NullMarked;
