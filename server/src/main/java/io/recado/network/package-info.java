/// Networks and their notation. A leaf: imports nothing of ours.
@NullMarked
package io.recado.network;

import org.jspecify.annotations.NullMarked;
