/// The network's side of the API: connections, their limits, and what arrives broken.
@NullMarked
package io.recado.http.server;

import org.jspecify.annotations.NullMarked;
