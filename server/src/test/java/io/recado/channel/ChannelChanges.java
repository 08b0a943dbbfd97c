package io.recado.channel;

import io.recado.access.AuditStamp;
import io.recado.channel.Channel.State;
import io.recado.journal.Write;
import java.util.Optional;

/// What an operator does with a channel, as writes.
public final class ChannelChanges {

  private ChannelChanges() {}

  /// Pauses or resumes it.
  public static Write<Channel> state(
      Channels channels, Channel target, boolean isPaused, AuditStamp stamp) {
    return new ChangeChannelState(channels, target, isPaused ? State.PAUSED : State.ACTIVE, stamp);
  }

  /// Gives it a new token.
  public static Write<Channel> token(
      Channels channels, Channel target, String setting, String token, AuditStamp stamp) {
    return new UpdateChannel(
        channels, target, draft -> draft.withSetting(setting, Optional.of(token)), stamp);
  }
}
