/// Named places at which tests have the process fail. In production they cost nothing and do
/// nothing.
@NullMarked
package io.recado.fault;

import org.jspecify.annotations.NullMarked;
