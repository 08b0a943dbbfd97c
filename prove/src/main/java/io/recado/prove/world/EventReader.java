package io.recado.prove.world;

import io.recado.prove.check.Told;
import io.recado.prove.ledger.Delivery;
import io.recado.prove.ledger.Endpoint;
import io.recado.prove.ledger.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Follows the log of events through the API, and knows which of them the receivers still lack.
final class EventReader {

  private static final int PAGE = 1_000;

  private final World world;
  private final List<Event> events = new ArrayList<>();
  private final Map<String, Set<String>> taken = new HashMap<>();
  private final Map<String, Set<String>> missing = new HashMap<>();
  private int seen;

  EventReader(World world) {
    this.world = world;
  }

  /// Reads what is new, in the log and in the receivers' ledger.
  ///
  /// @return how many events some endpoint wants and has not taken
  int missing() {
    List<Event> fresh = readLog();
    for (Endpoint endpoint : world.receivers().endpoints()) {
      Set<String> lacks = missing.computeIfAbsent(endpoint.label(), _ -> new HashSet<>());
      fresh.stream().filter(endpoint::needs).forEach(event -> lacks.add(event.id()));
    }
    for (Delivery delivery : world.receivers().ledger().entriesFrom(seen)) {
      seen++;
      if (delivery.isGenuine() && delivery.isTaken()) {
        taken.computeIfAbsent(delivery.endpoint(), _ -> new HashSet<>()).add(delivery.id());
      }
    }
    missing.forEach((label, lacks) -> lacks.removeAll(taken.getOrDefault(label, Set.of())));
    return missing.values().stream().mapToInt(Set::size).sum();
  }

  /// What was told until now.
  Told told() {
    readLog();
    return new Told(
        List.copyOf(events), world.receivers().endpoints(), world.receivers().ledger().entries());
  }

  private List<Event> readLog() {
    List<Event> fresh = new ArrayList<>();
    JsonNode page;
    do {
      String last = events.isEmpty() ? "" : "&after=" + events.getLast().id();
      page = world.api().get("/v1/events?pageSize=" + PAGE + last);
      List<Event> read = page.path("events").valueStream().map(EventJson::read).toList();
      events.addAll(read);
      fresh.addAll(read);
    } while (page.path("events").size() == PAGE);
    return fresh;
  }
}
