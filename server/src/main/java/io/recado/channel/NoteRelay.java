package io.recado.channel;

import io.recado.journal.Tx;
import io.recado.journal.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Takes note that a callback for another channel came in through this one's address, which keeps
/// it from being deleted. At most once an hour, and without an event: nobody changed anything.
public record NoteRelay(Channels channels, Channel target, Instant now) implements Write<Void> {

  private static final Duration STEP = Duration.ofHours(1);

  /// Whether the last note is so old that another is worth a write.
  public static boolean isDue(Channel channel, Instant now) {
    return channel.lastRelayTime() == null || !channel.lastRelayTime().plus(STEP).isAfter(now);
  }

  @Override
  public long workspace() {
    return target.workspace();
  }

  @Override
  public void prepare(Tx tx) {
    channels.store().rows(tx).want(workspace(), target.key());
  }

  @Override
  public Void apply(Tx tx) {
    Optional<Channel> channel = channels.store().rows(tx).find(target.key());
    if (channel.isPresent() && isDue(channel.get(), now)) {
      channels.relayed(tx, channel.get().withLastRelayTime(now));
    }
    return null;
  }
}
