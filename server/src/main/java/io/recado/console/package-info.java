/// The web console at `/`: serves its files, and does nothing else. Whatever the console does, it
/// does through the public API, so that a script can do it too.
///
/// The browser runs the sources as they are, as modules; an import map tells it where the libraries
/// are, which come as dependencies. Nothing is in memory before somebody opens the console. Start
/// with [io.recado.console.ConsoleRoutes].
@NullMarked
package io.recado.console;

import org.jspecify.annotations.NullMarked;
