package io.recado.prove.ledger;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A subscription to events.
///
/// @param label the oracle's own name for it, such as `e0`
/// @param types of the events that it wants; empty for all
/// @param channels the server's names of the channels whose events it wants; empty for all
/// @param since when it was made, later than all that it need not know; null when it was made
///   before the first event
public record Endpoint(
    String label, Set<String> types, Set<String> channels, @Nullable Instant since) {

  /// Whether the event must come to it.
  public boolean needs(Event event) {
    return wants(event) && (since == null || event.time().isAfter(since));
  }

  /// Whether the event may come to it.
  public boolean wants(Event event) {
    return (types.isEmpty() || types.contains(event.type()))
        && (channels.isEmpty()
            || channels.stream().anyMatch(each -> event.conversation().startsWith(each + "/")));
  }
}
