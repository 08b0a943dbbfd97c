package io.recado.webhook.delivery;

import io.recado.event.EventType;
import io.recado.feed.EventChoice;
import io.recado.webhook.endpoint.Endpoints;
import io.recado.webhook.endpoint.StandingStore.Reading;
import io.recado.webhook.endpoint.StandingStore.Source;
import io.recado.webhook.endpoint.WebhookEndpoint;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// An endpoint that events are told to now, and what each of its cursors reads. Safe for many
/// threads.
///
/// @param endpoint as it is by now
/// @param channels the keys of the channels that it wants; empty for all
/// @param readings by the cursors' numbers
record Served(WebhookEndpoint endpoint, Set<Long> channels, Map<Integer, Reading> readings) {

  /// No channel has this key: of channels that are all gone, nothing is wanted.
  private static final long NONE = 0;

  static Served of(WebhookEndpoint endpoint, Endpoints endpoints) {
    Set<Long> channels =
        endpoint.channels().stream()
            .map(id -> endpoints.channelKey(endpoint.workspace(), id).orElse(NONE))
            .collect(Collectors.toSet());
    return new Served(endpoint, channels, new ConcurrentHashMap<>());
  }

  /// Which events a cursor tells.
  EventChoice choice(int cursor) {
    Reading reading = readings.get(cursor);
    Set<EventType> confined = reading == null ? Set.of() : reading.types();
    if (confined.isEmpty() || endpoint.types().isEmpty()) {
      return new EventChoice(confined.isEmpty() ? endpoint.types() : confined, channels);
    }
    Set<EventType> both = EnumSet.copyOf(confined);
    both.retainAll(endpoint.types());
    return both.isEmpty()
        ? new EventChoice(Set.of(), Set.of(), (_, _) -> false)
        : new EventChoice(both, channels);
  }

  /// Where a cursor finds its events.
  Source source(int cursor) {
    Reading reading = readings.get(cursor);
    return reading == null ? Source.LOG : reading.source();
  }
}
