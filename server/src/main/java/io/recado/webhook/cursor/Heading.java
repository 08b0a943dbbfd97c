package io.recado.webhook.cursor;

import org.jspecify.annotations.Nullable;

/// What an endpoint's queue knows of an event: its place, and what it must stay in order with.
///
/// @param position in the workspace's log
/// @param lane see [#lane]
public record Heading(long position, long lane) {

  /// The lane of the event that tells an endpoint of a gap, which comes before all others.
  public static final long NOTICE = Long.MIN_VALUE;

  /// What an event must stay in order with: its conversation; without one the events of its
  /// channel; without that the rest of the workspace's.
  ///
  /// @param channel the channel's key; null when it concerns none
  /// @param conversation the conversation's key; null when it concerns none
  public static long lane(@Nullable Long channel, @Nullable Long conversation) {
    if (conversation != null) {
      return conversation;
    }
    return channel == null ? 0 : -channel;
  }
}
