/// What tests of several packages share: databases, a clock that is moved by hand.
@NullMarked
package io.recado.testing;

import org.jspecify.annotations.NullMarked;
