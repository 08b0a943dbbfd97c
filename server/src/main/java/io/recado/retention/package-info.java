/// How long things are kept: what is older is deleted in small batches, off the hot path.
///
/// Every table is walked from its oldest end along its own key, which rises with time, so that a
/// round in which nothing is old enough reads a handful of rows.
@NullMarked
package io.recado.retention;

import org.jspecify.annotations.NullMarked;
