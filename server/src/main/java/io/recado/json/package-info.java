/// JSON as plain values: objects are [JsonObject], arrays are `List`, numbers are `Long` or
/// `BigDecimal`, the rest is `String`, `Boolean` or null.
///
/// A leaf: imports nothing of ours, and is the only package that imports the JSON library. Reading
/// refuses whatever two readers could understand differently: duplicate names, bytes that are not
/// UTF-8, lone surrogates, NUL, anything after the value; and whatever is beyond the limits of
/// [Json].
@NullMarked
package io.recado.json;

import org.jspecify.annotations.NullMarked;
