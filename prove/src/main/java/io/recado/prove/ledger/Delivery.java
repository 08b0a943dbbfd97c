package io.recado.prove.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One request that reached a receiver of webhooks.
///
/// @param endpoint the oracle's own name for it, such as `e0`
/// @param id the header `webhook-id`; empty when there was none
/// @param attempt how often this id has come to this endpoint, counted from 1
/// @param isGenuine whether the reference library of Standard Webhooks takes the signature and the
///   time of the request
/// @param event what the body tells; null when it cannot be read
/// @param arrival when the request was there, whole
/// @param status what it was answered
public record Delivery(
    String endpoint,
    String id,
    int attempt,
    boolean isGenuine,
    @Nullable Event event,
    Instant arrival,
    int status) {

  public boolean isTaken() {
    return status >= 200 && status < 300;
  }
}
