package io.recado.prove.check;

import io.recado.prove.ledger.ProviderCall;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which states a message may have in the end, computed from what the provider did alone.
///
/// The rule of ranks, written a second time and in another way than the server has it: SENDING <
/// FAILED with an unknown outcome (here `FAILED?`) < SENT < FAILED for any other reason < DELIVERED
/// < READ; evidence moves a message up, never down.
final class Expectation {

  private static final List<String> RANKS =
      List.of("SENDING", "FAILED?", "SENT", "FAILED", "DELIVERED", "READ");

  private Expectation() {}

  /// The states that the provider's calls about one text allow.
  static Set<String> states(List<ProviderCall> calls) {
    int told = 0;
    boolean isAccepted = false;
    boolean isRefused = false;
    for (ProviderCall call : calls) {
      isAccepted |= call.isAccepted();
      isRefused |= !call.isAccepted();
      for (String receipt : call.receipts()) {
        told = Math.max(told, RANKS.indexOf(receipt.toUpperCase(java.util.Locale.ROOT)));
      }
    }
    if (told > 0) {
      return Set.of(RANKS.get(told));
    }
    Set<String> states = new HashSet<>(Set.of("FAILED?"));
    if (isAccepted) {
      states.add("SENT");
    }
    if (isRefused || !isAccepted) {
      states.add("FAILED");
    }
    return states;
  }
}
