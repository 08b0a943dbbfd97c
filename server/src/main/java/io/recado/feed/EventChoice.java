package io.recado.feed;

import io.recado.event.EventType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which events a reader wants.
///
/// @param types empty for all
/// @param channels the keys of the channels whose events are meant; empty for all, also those that
///   concern no channel
/// @param condition what must hold besides
public record EventChoice(Set<EventType> types, Set<Long> channels, Condition condition) {

  /// Every event.
  public static final EventChoice ALL = new EventChoice(Set.of(), Set.of());

  /// Copies the sets.
  public EventChoice {
    types = Set.copyOf(types);
    channels = Set.copyOf(channels);
  }

  /// By types and channels alone.
  public EventChoice(Set<EventType> types, Set<Long> channels) {
    this(types, channels, (_, _) -> true);
  }

  /// Whether an event is meant.
  ///
  /// @param channel the key of the channel that it concerns; null when none
  public boolean takes(EventType type, @Nullable Long channel) {
    return (types.isEmpty() || types.contains(type))
        && (channels.isEmpty() || channel != null && channels.contains(channel))
        && condition.holds(type, channel);
  }

  /// What a caller's filter asks for.
  @FunctionalInterface
  public interface Condition {
    boolean holds(EventType type, @Nullable Long channel);
  }
}
