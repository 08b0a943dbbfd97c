package io.recado.prove.check;

import io.recado.prove.ledger.Delivery;
import io.recado.prove.ledger.Endpoint;
import io.recado.prove.ledger.Event;
import java.util.List;

/// What the server told of what happened.
///
/// @param events its log, oldest first
/// @param endpoints to which it was to tell them
/// @param deliveries what came to their receivers, in order of arrival
public record Told(List<Event> events, List<Endpoint> endpoints, List<Delivery> deliveries) {}
