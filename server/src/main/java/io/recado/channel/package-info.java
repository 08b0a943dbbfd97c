/// Channels: one account on a provider each, with its settings, its health and its open session.
@NullMarked
package io.recado.channel;

import org.jspecify.annotations.NullMarked;
