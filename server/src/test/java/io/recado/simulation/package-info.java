/// Recado's real code on one thread, in virtual time, from a seed: docs/simulation.md.
@NullMarked
package io.recado.simulation;

import org.jspecify.annotations.NullMarked;
