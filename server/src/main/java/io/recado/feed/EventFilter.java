package io.recado.feed;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.event.EventType;
import io.recado.http.page.Filter;
import io.recado.http.page.Filter.And;
import io.recado.http.page.Filter.Compare;
import io.recado.http.page.Filter.Not;
import io.recado.http.page.Filter.Operator;
import io.recado.http.page.Filter.Or;
import io.recado.http.page.FilterFields;
import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.Request;
import io.recado.http.request.ResourceName;
import io.recado.journal.Id;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Which events a request may have and asks for.
final class EventFilter {

  private static final FilterFields FIELDS =
      new FilterFields()
          .choice("type", Arrays.stream(EventType.values()).map(EventType::wireName).toList())
          .string("channel");

  /// No channel has this key.
  private static final long NONE = 0;

  private EventFilter() {}

  /// What the request's `filter` asks for, within the channels of its key.
  ///
  /// @throws ApiError when the filter cannot be read
  static EventChoice of(Request request, Channels channels) {
    Caller caller = request.requireCaller();
    Set<Long> allowed =
        caller.channels().stream()
            .map(id -> key(channels, caller.workspace(), id))
            .collect(Collectors.toSet());
    EventChoice all = allowed.isEmpty() ? EventChoice.ALL : new EventChoice(Set.of(), allowed);
    return Filter.of(request, FIELDS)
        .map(
            filter ->
                new EventChoice(
                    all.types(), all.channels(), condition(filter, channels, caller.workspace())))
        .orElse(all);
  }

  private static EventChoice.Condition condition(Filter filter, Channels channels, long workspace) {
    return switch (filter) {
      case And(var filters) -> {
        var all = conditions(filters, channels, workspace);
        yield (type, channel) -> all.stream().allMatch(one -> one.holds(type, channel));
      }
      case Or(var filters) -> {
        var all = conditions(filters, channels, workspace);
        yield (type, channel) -> all.stream().anyMatch(one -> one.holds(type, channel));
      }
      case Not(var inner) -> {
        var condition = condition(inner, channels, workspace);
        yield (type, channel) -> !condition.holds(type, channel);
      }
      case Compare compare -> comparison(compare, channels, workspace);
    };
  }

  private static List<EventChoice.Condition> conditions(
      List<Filter> filters, Channels channels, long workspace) {
    return filters.stream().map(filter -> condition(filter, channels, workspace)).toList();
  }

  private static EventChoice.Condition comparison(
      Compare compare, Channels channels, long workspace) {
    boolean wanted = compare.operator() == Operator.EQUAL;
    if (compare.field().equals("type")) {
      EventType named = EventType.find((String) compare.value()).orElseThrow();
      return (type, _) -> (type == named) == wanted;
    }
    long key = key(channels, workspace, channel(compare));
    // What concerns no channel does not match, whatever it is compared to: AIP-160.
    return (_, channel) -> channel != null && Objects.equals(channel, key) == wanted;
  }

  private static Id channel(Compare compare) {
    if (ResourceName.parse((String) compare.value()).orElse(null)
        instanceof ResourceName.Channel(Id id)) {
      return id;
    }
    throw ApiError.invalid(
        "filter",
        "INVALID_VALUE",
        "At character "
            + compare.position()
            + ": channel is compared to a channel's name, such as"
            + " \"channels/6633a1b2c4d5e6f7a8b9c0d1\".");
  }

  /// A channel of another workspace, or of none, is none.
  private static long key(Channels channels, long workspace, Id id) {
    return channels
        .find(id)
        .filter(channel -> channel.workspace() == workspace)
        .map(Channel::key)
        .orElse(NONE);
  }
}
