package io.recado;

import io.recado.event.EventType;
import io.recado.feed.EventIds;
import io.recado.http.request.Nearest;
import io.recado.http.request.ResourceName;
import io.recado.journal.Id;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which events a command is to follow, as its flags say.
///
/// @param types empty for all
/// @param channels their names; empty for all
/// @param after the event before the first; null to begin with what comes
record ChosenEvents(List<String> types, List<String> channels, @Nullable String after) {

  /// Reads the flags.
  ///
  /// @param channels ids or names
  /// @throws WrongSettings with all that is wrong
  static ChosenEvents of(List<String> types, List<String> channels, @Nullable String after) {
    List<String> problems = new ArrayList<>();
    types.stream()
        .filter(type -> EventType.find(type).isEmpty())
        .forEach(type -> problems.add(noSuchType(type)));
    List<String> names = new ArrayList<>();
    for (String channel : channels) {
      String name = Id.isId(channel) ? "channels/" + channel : channel;
      if (ResourceName.parse(name).orElse(null) instanceof ResourceName.Channel) {
        names.add(name);
      } else {
        problems.add("--channel must be a channel's id (24 hex digits) or its name, channels/…");
      }
    }
    if (after != null && !EventIds.isId(after)) {
      problems.add("--after must be the id of an event, evt_ and 24 hex digits.");
    }
    if (!problems.isEmpty()) {
      throw new WrongSettings(problems);
    }
    return new ChosenEvents(types, names, after);
  }

  /// The same as the API's filter; empty for all.
  String filter() {
    String byType = oneOf("type", types);
    String byChannel = oneOf("channel", channels);
    return byType + (byType.isEmpty() || byChannel.isEmpty() ? "" : " AND ") + byChannel;
  }

  private static String oneOf(String field, List<String> values) {
    UnaryOperator<String> comparison = value -> field + " = \"" + value + "\"";
    String all = values.stream().map(comparison).collect(Collectors.joining(" OR "));
    return all.isEmpty() ? "" : "(" + all + ")";
  }

  private static String noSuchType(String type) {
    List<String> known = Arrays.stream(EventType.values()).map(EventType::wireName).toList();
    Optional<String> nearest = Nearest.to(type, known);
    return "--type: there is no type of events "
        + type
        + nearest
            .map(name -> "; did you mean " + name + "?")
            .orElse("; there are " + String.join(", ", known) + ".");
  }
}
