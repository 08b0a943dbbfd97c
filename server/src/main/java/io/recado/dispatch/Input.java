package io.recado.dispatch;

import io.recado.channel.Channel;
import io.recado.journal.Id;
import io.recado.message.Priority;
import io.recado.message.Queued;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the [Dispatcher] is told.
public sealed interface Input {

  /// The channel that it concerns; 0 when it concerns all.
  default long channelKey() {
    return switch (this) {
      case Arrived(var queued) -> queued.channel();
      case Loaded(var channel, _, _, _) -> channel;
      case LaneLoaded(var channel, _, _, _) -> channel;
      case ChannelIs(var channel) -> channel.key();
      case ChannelGone(var channel) -> channel;
      case Ended(var queued, _, _) -> queued.channel();
      case Decided(var queued, _) -> queued.channel();
      case Returned(var queued) -> queued.channel();
      case SettledElsewhere(var channel, _, _) -> channel;
      case Missed _, Tick _ -> 0;
    };
  }

  /// A message was accepted and is durable.
  record Arrived(Queued queued) implements Input {}

  /// A page of a channel's outbox of one priority, as it was when the page was asked for.
  ///
  /// @param isLast whether there was nothing after it
  record Loaded(long channel, Priority priority, List<Queued> page, boolean isLast)
      implements Input {}

  /// Messages of a conversation from the number on that was asked for, as they were when they were
  /// asked for.
  ///
  /// @param isLast whether there was nothing after them
  record LaneLoaded(long channel, long conversation, List<Queued> page, boolean isLast)
      implements Input {}

  /// A channel exists, or has changed: its state, its limits, its policy.
  record ChannelIs(Channel channel) implements Input {}

  /// A channel is gone.
  record ChannelGone(long channel) implements Input {}

  /// An attempt has ended and what came of it is durable.
  ///
  /// @param signal what it says about the channel's pace
  record Ended(Queued queued, Next next, Signal signal) implements Input {}

  /// The doubt about a message was decided, and that is durable.
  record Decided(Queued queued, Next next) implements Input {}

  /// A message that had left its lane is to be sent after all, with other content.
  record Returned(Queued queued) implements Input {}

  /// A message that was waited for was settled, by a receipt or by a person.
  record SettledElsewhere(long channel, long conversation, Id message) implements Input {}

  /// Something was not told, nobody knows what.
  record Missed() implements Input {}

  /// Time has passed.
  record Tick() implements Input {}

  /// What an attempt says about the channel's pace.
  sealed interface Signal {

    /// The provider accepted.
    record Accepted() implements Signal {}

    /// Too many for the whole channel.
    ///
    /// @param notBefore null when the provider did not say
    record Throttled(@Nullable Instant notBefore) implements Signal {}

    /// Nothing.
    record None() implements Signal {}
  }
}
