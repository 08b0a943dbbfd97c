/// Telling customers what happened: signed requests to their endpoints, at least once, in order per
/// conversation.
///
/// Signatures are those of Standard Webhooks 1.0.0: [io.recado.webhook.WebhookSignature].
@NullMarked
package io.recado.webhook;

import org.jspecify.annotations.NullMarked;
