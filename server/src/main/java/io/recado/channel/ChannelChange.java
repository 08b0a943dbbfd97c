package io.recado.channel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A channel as it was and as it is, once that is durable.
///
/// @param before null when it has just been made
/// @param after null when it has just been deleted
public record ChannelChange(@Nullable Channel before, @Nullable Channel after) {

  /// The channel, as it is or as it was last.
  public Channel channel() {
    return after == null ? Objects.requireNonNull(before) : after;
  }

  /// Whether its messages may leave from now on: it was resumed or mended.
  public boolean startsSending() {
    return isSending(after) && !isSending(before);
  }

  /// Whether its messages must wait from now on: it was paused, disabled, deleted, or is broken.
  public boolean stopsSending() {
    return isSending(before) && !isSending(after);
  }

  private static boolean isSending(@Nullable Channel channel) {
    return channel != null && channel.isSending();
  }
}
