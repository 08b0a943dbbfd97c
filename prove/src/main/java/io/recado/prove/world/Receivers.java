package io.recado.prove.world;

import io.recado.prove.ledger.Delivery;
import io.recado.prove.ledger.Endpoint;
import io.recado.prove.ledger.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The customer's receivers of webhooks, one for each endpoint, and what they wrote down.
public final class Receivers implements AutoCloseable {

  private final Ledger<Delivery> ledger = new Ledger<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<Receiver> receivers = new ArrayList<>();

  /// Makes an endpoint, with a receiver of its own, before anything has happened.
  ///
  /// @param types empty for all
  /// @param channels empty for all
  public void add(Api api, Set<String> types, Set<String> channels) {
    make(api, types, channels);
    endpoints.add(new Endpoint(label(), types, channels, null));
  }

  /// Makes an endpoint when something has happened already. What happens from now on comes to it.
  ///
  /// @param types empty for all
  public void addLate(Api api, Set<String> types) {
    make(api, types, Set.of());
    endpoints.add(new Endpoint(label(), types, Set.of(), Instant.now()));
  }

  private void make(Api api, Set<String> types, Set<String> channels) {
    var receiver = new Receiver(ledger);
    receivers.add(receiver);
    JsonNode made =
        api.ok(
            "POST",
            "/v1/webhookEndpoints",
            "{\"url\": \"%s\", \"types\": %s, \"channels\": %s}"
                .formatted(receiver.url(label()), list(types), list(channels)));
    receiver.judge(label(), made.path("secret").asString(""));
  }

  /// Of the next one.
  private String label() {
    return "e" + endpoints.size();
  }

  private static String list(Set<String> words) {
    return words.stream()
        .map(word -> "\"" + word + "\"")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  /// The receiver of one endpoint, to be stopped and started.
  public Receiver receiver(int number) {
    return receivers.get(number);
  }

  public Ledger<Delivery> ledger() {
    return ledger;
  }

  @Override
  public void close() {
    receivers.forEach(Receiver::close);
  }
}
