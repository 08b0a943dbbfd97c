package io.recado.prove.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One send that reached the provider.
///
/// @param arrival counts from 1 over all of them
/// @param wamid its id there; null when it was refused
/// @param refusedWith the provider's code; null when it was accepted
/// @param receipts the statuses that the server was told, in the order in which they happened
public record ProviderCall(
    long arrival,
    String to,
    String text,
    @Nullable String wamid,
    @Nullable Integer refusedWith,
    List<String> receipts,
    Instant time) {

  public boolean isAccepted() {
    return wamid != null;
  }

  /// The same, had the server been told nothing.
  public ProviderCall withoutReceipts() {
    return new ProviderCall(arrival, to, text, wamid, refusedWith, List.of(), time);
  }
}
