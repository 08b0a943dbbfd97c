package io.recado.dispatch;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.fault.FaultPoint;
import io.recado.fault.Faults;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.message.Outbox;
import io.recado.message.Outbox.Expired;
import io.recado.message.Settled;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Ends the waiting of messages whose time to live is over, so that none waits for a turn that is
/// far off, or for a channel that is broken. The time in which a channel is paused does not count.
public final class Expiry {

  private static final int CHANNELS = 1_000;
  private static final int MESSAGES = 500;

  private final Channels channels;
  private final Journal journal;
  private final ReadPool reads;
  private final InstantSource clock;
  private final Settled told;

  /// Watches over these channels.
  ///
  /// @param told of each message that was given up
  public Expiry(
      Channels channels, Journal journal, ReadPool reads, InstantSource clock, Settled told) {
    this.channels = channels;
    this.journal = journal;
    this.reads = reads;
    this.clock = clock;
    this.told = told;
  }

  /// Looks once at all channels. To be called every few seconds.
  public void sweep() {
    List<Channel> page = channels.all(0, CHANNELS);
    while (!page.isEmpty()) {
      page.stream().filter(channel -> channel.state() == Channel.State.ACTIVE).forEach(this::sweep);
      page = channels.all(page.getLast().key(), CHANNELS);
    }
  }

  private void sweep(Channel channel) {
    Instant now = clock.instant();
    List<Expired> expired;
    do {
      expired =
          reads.read(r -> Outbox.expired(r, channel.workspace(), channel.key(), now, MESSAGES));
      Faults.point(FaultPoint.EXPIRED_FOUND);
      journal
          .commitAll(
              expired.stream().map(one -> new GiveUpExpired(channel, one, now, told)).toList())
          .forEach(Journal.Outcome::get);
    } while (expired.size() == MESSAGES);
  }
}
