/// Webhook endpoints as a caller sees them: made, listed, changed, given new secrets, enabled,
/// deleted.
///
/// A new endpoint is a cursor at the log's end; nothing is stored for it with an event. What is
/// told to it is the matter of `webhook.delivery`, which listens to [Endpoints].
@NullMarked
package io.recado.webhook.endpoint;

import org.jspecify.annotations.NullMarked;
