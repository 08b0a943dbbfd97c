package io.recado.webhook.endpoint;

import io.recado.event.EventType;
import io.recado.http.request.Fields;
import io.recado.http.request.Nearest;
import io.recado.http.request.ResourceName;
import io.recado.http.request.UpdateMask;
import io.recado.journal.Id;
import io.recado.webhook.endpoint.WebhookEndpoint.State;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Reads what a caller wants to set of an endpoint.
///
/// @param hasChannel whether the caller's workspace has a channel
/// @param urlFault what is wrong with a URL
public record EndpointFields(
    Predicate<Id> hasChannel, Function<String, Optional<String>> urlFault) {

  private static final int MAX_URL = 2_048;
  private static final int MAX_CHANNELS = 100;
  private static final List<String> OUTPUT_ONLY =
      List.of("name", "secret", "createTime", "updateTime", "health");
  private static final List<String> WIRE_NAMES =
      Arrays.stream(EventType.values()).map(EventType::wireName).toList();

  /// Reads a whole endpoint; faults are noted.
  EndpointDraft draft(Fields body) {
    body.require("url");
    return patch(body, UpdateMask.all())
        .apply(new EndpointDraft("", Set.of(), Set.of(), State.ENABLED));
  }

  /// Reads a change, to be applied to the endpoint as it is when it is locked; faults are noted.
  ///
  /// @param parameter the query parameter `updateMask`
  UnaryOperator<EndpointDraft> patch(Fields body, Optional<String> parameter) {
    List<String> paths =
        Stream.concat(OUTPUT_ONLY.stream(), Stream.of("url", "types", "channels", "state"))
            .toList();
    UpdateMask mask = UpdateMask.of(parameter, paths);
    if (mask.covers("url", body.has("url"))) {
      body.require("url");
    }
    return patch(body, mask);
  }

  private UnaryOperator<EndpointDraft> patch(Fields body, UpdateMask mask) {
    OUTPUT_ONLY.forEach(body::value);
    boolean setsUrl = mask.covers("url", body.has("url"));
    boolean setsTypes = mask.covers("types", body.has("types"));
    boolean setsChannels = mask.covers("channels", body.has("channels"));
    boolean setsState = mask.covers("state", body.has("state"));
    Optional<String> url = body.text("url", 1, MAX_URL);
    if (setsUrl) {
      url.flatMap(urlFault).ifPresent(fault -> body.violate("url", "INVALID_VALUE", fault));
    }
    Set<EventType> types = types(body, "types");
    Set<Id> channels = channels(body);
    State state = body.choice("state", State.class).orElse(State.ENABLED);
    return draft -> {
      EndpointDraft changed = setsUrl ? draft.withUrl(url.orElse("")) : draft;
      changed = setsTypes ? changed.withTypes(types) : changed;
      changed = setsChannels ? changed.withChannels(channels) : changed;
      return setsState ? changed.withState(state) : changed;
    };
  }

  /// Types of events by their names; faults are noted.
  public static Set<EventType> types(Fields body, String field) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (String name : body.texts(field, WIRE_NAMES.size() * 2, 64).orElse(List.of())) {
      EventType.find(name)
          .ifPresentOrElse(
              types::add,
              () ->
                  body.violate(
                      field,
                      "INVALID_VALUE",
                      "There is no event of this type."
                          + Nearest.to(name, WIRE_NAMES)
                              .map(near -> " Did you mean " + near + "?")
                              .orElse(" One of " + WIRE_NAMES + ".")));
    }
    return types;
  }

  private Set<Id> channels(Fields body) {
    Set<Id> channels = new LinkedHashSet<>();
    for (String name : body.texts("channels", MAX_CHANNELS, 64).orElse(List.of())) {
      if (ResourceName.parse(name).orElse(null) instanceof ResourceName.Channel(Id id)
          && hasChannel.test(id)) {
        channels.add(id);
      } else {
        body.violate(
            "channels",
            "INVALID_VALUE",
            "Each is the name of a channel of this workspace, such as"
                + " channels/6633a1b2c4d5e6f7a8b9c0d1.");
      }
    }
    return channels;
  }
}
