/// Measurements of the whole server and of what it is held against. Not part of the product; see
/// benchmarks/README.md.
@NullMarked
package io.recado.benchmarks;

import org.jspecify.annotations.NullMarked;
