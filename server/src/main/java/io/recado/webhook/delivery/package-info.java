/// Deliveries: the shell around [io.recado.webhook.cursor.Deliverer], and what became of each event
/// at each endpoint.
///
/// Start with [Delivering]: it reads the log, sends, and stores what came of it in batches. What is
/// stored lags behind what was sent by a moment at most; after a crash that moment is sent again,
/// with the same ids.
@NullMarked
package io.recado.webhook.delivery;

import org.jspecify.annotations.NullMarked;
