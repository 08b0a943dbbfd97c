package io.recado.webhook.endpoint;

import io.recado.event.EventType;
import io.recado.journal.Id;
import io.recado.webhook.endpoint.WebhookEndpoint.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a caller may set of an endpoint.
record EndpointDraft(String url, Set<EventType> types, Set<Id> channels, State state) {

  static EndpointDraft of(WebhookEndpoint endpoint) {
    return new EndpointDraft(
        endpoint.url(), endpoint.types(), endpoint.channels(), endpoint.state());
  }

  EndpointDraft withUrl(String value) {
    return new EndpointDraft(value, types, channels, state);
  }

  EndpointDraft withTypes(Set<EventType> value) {
    return new EndpointDraft(url, value, channels, state);
  }

  EndpointDraft withChannels(Set<Id> value) {
    return new EndpointDraft(url, types, value, state);
  }

  EndpointDraft withState(State value) {
    return new EndpointDraft(url, types, channels, value);
  }

  /// The names of the fields that another has otherwise.
  List<String> differences(EndpointDraft other) {
    List<String> fields = new ArrayList<>();
    if (!url.equals(other.url)) {
      fields.add("url");
    }
    if (!types.equals(other.types)) {
      fields.add("types");
    }
    if (!channels.equals(other.channels)) {
      fields.add("channels");
    }
    if (state != other.state) {
      fields.add("state");
    }
    return fields;
  }
}
