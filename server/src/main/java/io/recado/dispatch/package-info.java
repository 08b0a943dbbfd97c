/// From "to send" to an outcome: lanes, budgets, attempts, retries, doubt.
///
/// What decides is pure and takes the time as an argument: [io.recado.dispatch.Dispatcher] with its
/// lanes and budgets, and [io.recado.dispatch.RetrySchedule]. [io.recado.dispatch.Dispatch] carries
/// out what they decide, with the real journal and the real network. An attempt is durable before
/// the provider is called, so after a crash the few messages that may have been accepted are known,
/// and no others are in doubt.
@NullMarked
package io.recado.dispatch;

import org.jspecify.annotations.NullMarked;
