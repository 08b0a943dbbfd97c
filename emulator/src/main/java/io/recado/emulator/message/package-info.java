/// The way of a send: read, checked, limited, accepted, and reported on.
///
/// [SendEdge] is the whole way in one method. [SendReader] reads what all messages share,
/// [ContentRules] names the check of each type, limits are kept in [Admission], the 24 hours in
/// [ServiceWindows]. What was decided is in the [Ledger]; what will be reported is planned by
/// [Receipts]. Start reading at [SendEdge].
@NullMarked
package io.recado.emulator.message;

import org.jspecify.annotations.NullMarked;
