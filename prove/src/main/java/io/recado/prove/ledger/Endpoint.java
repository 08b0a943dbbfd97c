package io.recado.prove.ledger;

import java.util.Set;

/// A subscription to events, made before the first of them.
///
/// @param label the oracle's own name for it, such as `e0`
/// @param types of the events that it wants; empty for all
/// @param channels the server's names of the channels whose events it wants; empty for all
public record Endpoint(String label, Set<String> types, Set<String> channels) {

  public boolean wants(Event event) {
    return (types.isEmpty() || types.contains(event.type()))
        && (channels.isEmpty()
            || channels.stream().anyMatch(each -> event.conversation().startsWith(each + "/")));
  }
}
