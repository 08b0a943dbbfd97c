package io.recado.prove.check;

import io.recado.prove.check.Offence.Kind;
import io.recado.prove.ledger.Delivery;
import io.recado.prove.ledger.Endpoint;
import io.recado.prove.ledger.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Compares the log of events with the messages, and the receivers' ledger with the log.
///
/// Each change has one event, the events of a conversation are counted without gaps, and each
/// endpoint gets each event that it wants at least once, genuine, as the log has it, and in a
/// conversation not before it has taken the one that comes before.
final class Telling {

  private final Told told;
  private final Map<String, List<Listed>> listed;
  private final Consumer<Offence> offences;
  private final Map<String, Event> log = new LinkedHashMap<>();

  private Telling(Told told, Map<String, List<Listed>> listed, Consumer<Offence> offences) {
    this.told = told;
    this.listed = listed;
    this.offences = offences;
  }

  static void check(Told told, Map<String, List<Listed>> listed, Consumer<Offence> offences) {
    var telling = new Telling(told, listed, offences);
    telling.checkLog();
    telling.checkChanges();
    Map<String, List<Delivery>> byEndpoint = new HashMap<>();
    for (Delivery delivery : told.deliveries()) {
      byEndpoint.computeIfAbsent(delivery.endpoint(), _ -> new ArrayList<>()).add(delivery);
    }
    for (Endpoint endpoint : told.endpoints()) {
      telling.checkEndpoint(endpoint, byEndpoint.getOrDefault(endpoint.label(), List.of()));
    }
  }

  private void checkLog() {
    Map<String, Long> last = new HashMap<>();
    for (Event event : told.events()) {
      if (log.put(event.id(), event) != null) {
        add(Kind.DOUBLE, event, "the log has two events of the id " + event.id());
      }
      if (!event.conversation().isEmpty()) {
        long before = last.getOrDefault(event.conversation(), 0L);
        last.put(event.conversation(), event.sequence());
        if (event.sequence() != before + 1) {
          String sentence = "in %s the log has event %d behind event %d";
          Kind kind = event.sequence() > before ? Kind.LOST : Kind.REORDERED;
          add(kind, event, sentence.formatted(event.conversation(), event.sequence(), before));
        }
      }
    }
  }

  /// Each message was accepted or received once, and its status was told once.
  private void checkChanges() {
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    for (Event event : told.events()) {
      if (!event.message().isEmpty()) {
        counts
            .computeIfAbsent(event.message(), _ -> new HashMap<>())
            .merge(event.type(), 1, Integer::sum);
      }
    }
    for (List<Listed> conversation : listed.values()) {
      for (Listed message : conversation) {
        Map<String, Integer> own = counts.getOrDefault(message.name(), Map.of());
        Set<String> types = new HashSet<>(own.keySet());
        types.add(message.isOutbound() ? "message.created" : "message.received");
        if (message.isOutbound() && !message.status().equals("SENDING")) {
          types.add("message." + message.status().toLowerCase(java.util.Locale.ROOT));
        }
        types.forEach(type -> checkCount(message.name(), type, own.getOrDefault(type, 0)));
      }
    }
  }

  private void checkCount(String message, String type, int count) {
    if (count != 1) {
      Kind kind = count == 0 ? Kind.LOST : Kind.DOUBLE;
      offences.accept(new Offence(kind, message, "the log has %s %d times".formatted(type, count)));
    }
  }

  private void checkEndpoint(Endpoint endpoint, List<Delivery> deliveries) {
    Map<String, Event> wanted = new LinkedHashMap<>();
    Map<String, String> predecessors = new HashMap<>();
    Map<String, String> lasts = new HashMap<>();
    for (Event event : log.values()) {
      if (endpoint.wants(event)) {
        wanted.put(event.id(), event);
        String before =
            event.conversation().isEmpty() ? null : lasts.put(event.conversation(), event.id());
        if (before != null && endpoint.needs(wanted.get(before))) {
          predecessors.put(event.id(), before);
        }
      }
    }
    Set<String> taken = new HashSet<>();
    for (Delivery delivery : deliveries) {
      Event event = wanted.get(delivery.id());
      if (!delivery.isGenuine()) {
        accuse(Kind.UNSIGNED, delivery, "came with a signature that is not right");
      } else if (event == null) {
        accuse(Kind.PHANTOM, delivery, "came, and the log has no such event for it");
      } else {
        checkDelivery(delivery, event, predecessors.get(delivery.id()), taken);
      }
    }
    wanted.keySet().removeAll(taken);
    for (Event event : wanted.values().stream().filter(endpoint::needs).toList()) {
      String sentence =
          "%s %s never came to %s".formatted(event.type(), event.id(), endpoint.label());
      add(Kind.LOST, event, sentence);
    }
  }

  private void checkDelivery(
      Delivery delivery, Event event, @Nullable String before, Set<String> taken) {
    if (!event.equals(delivery.event())) {
      accuse(Kind.PHANTOM, delivery, "tells something else than the log has");
    }
    if (before != null && !taken.contains(before)) {
      String sentence = "number %d of %s came before %s was taken";
      accuse(
          Kind.REORDERED,
          delivery,
          sentence.formatted(event.sequence(), event.conversation(), before));
    }
    if (delivery.isTaken()) {
      taken.add(delivery.id());
    }
  }

  private void accuse(Kind kind, Delivery delivery, String sentence) {
    Event event = log.get(delivery.id());
    String subject = event == null || event.message().isEmpty() ? delivery.id() : event.message();
    String whole = "%s at %s, attempt %d: %s";
    offences.accept(
        new Offence(
            kind,
            subject,
            whole.formatted(delivery.id(), delivery.endpoint(), delivery.attempt(), sentence)));
  }

  private void add(Kind kind, Event event, String sentence) {
    String subject = event.message().isEmpty() ? event.id() : event.message();
    offences.accept(new Offence(kind, subject, sentence));
  }
}
