/// The way in: HTTP, access tokens, the resolution of Graph ids, and errors as Meta words them.
///
/// [GraphListener] takes a request, [GraphRoutes] finds the object that its path names and the
/// [Edge] that a feature has put there. A refusal is a [GraphError] thrown from anywhere below;
/// nothing else decides about an error's body. Knows no feature. Start reading at [GraphRoutes].
@NullMarked
package io.recado.emulator.graph;

import org.jspecify.annotations.NullMarked;
