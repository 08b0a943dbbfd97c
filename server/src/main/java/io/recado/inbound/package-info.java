/// What providers tell us: verified on the raw bytes, stored, and only then answered 200.
///
/// Every item of a callback is handled by itself: applied, or parked with its reason. What could
/// not be stored is answered 5xx, because the provider comes again with it. Start with
/// [io.recado.inbound.CallbackRoutes].
@NullMarked
package io.recado.inbound;

import org.jspecify.annotations.NullMarked;
