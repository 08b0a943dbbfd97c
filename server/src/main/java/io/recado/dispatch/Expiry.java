package io.recado.dispatch;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.fault.FaultPoint;
import io.recado.fault.Faults;
import io.recado.journal.Id;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.message.Outbox;
import io.recado.message.Outbox.Expired;
import io.recado.message.Settled;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Ends the waiting of messages whose time to live is over, so that none waits for a turn that is
/// far off, or for a channel that is broken. The time in which a channel is paused does not count.
///
/// Of a long queue each round looks at a part, so that no round takes long. For one thread.
public final class Expiry {

  private static final int CHANNELS = 1_000;
  private static final int MESSAGES = 500;

  /// At how many messages of a channel a round looks.
  private static final int LOOK = 100_000;

  private static final Id FIRST = new Id(0, 0);

  private final Channels channels;
  private final Journal journal;
  private final ReadPool reads;
  private final InstantSource clock;
  private final Settled told;
  private final int look;

  /// Where the next round goes on, by channel; absent where that is the first message.
  private final Map<Long, Id> looked = new HashMap<>();

  /// Watches over these channels.
  ///
  /// @param told of each message that was given up
  public Expiry(
      Channels channels, Journal journal, ReadPool reads, InstantSource clock, Settled told) {
    this(channels, journal, reads, clock, told, LOOK);
  }

  Expiry(
      Channels channels,
      Journal journal,
      ReadPool reads,
      InstantSource clock,
      Settled told,
      int look) {
    this.look = look;
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
    Id after = looked.getOrDefault(channel.key(), FIRST);
    Outbox.Look some =
        reads.read(r -> Outbox.expired(r, channel.workspace(), channel.key(), after, now, look));
    Faults.point(FaultPoint.EXPIRED_FOUND);
    List<Expired> expired = some.expired();
    for (int from = 0; from < expired.size(); from += MESSAGES) {
      List<Expired> page = expired.subList(from, Math.min(from + MESSAGES, expired.size()));
      journal
          .commitAll(page.stream().map(one -> new GiveUpExpired(channel, one, now, told)).toList())
          .forEach(Journal.Outcome::get);
    }
    if (some.last() == null) {
      looked.remove(channel.key());
    } else {
      looked.put(channel.key(), some.last());
    }
  }
}
