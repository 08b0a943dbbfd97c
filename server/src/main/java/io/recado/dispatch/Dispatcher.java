package io.recado.dispatch;

import io.recado.channel.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Decides which message starts when. A state machine without I/O: told what happened and what time
/// it is, it answers what is to be done.
///
/// What it holds in memory it holds on behalf of the database: an attempt that it wants started is
/// checked against the message's outbox row, so the worst that a wrong picture does is a refused
/// start. For one thread.
public final class Dispatcher {

  private final Map<Long, ChannelQueue> queues = new HashMap<>();
  private List<Command> commands = new ArrayList<>();

  /// Takes in what happened.
  ///
  /// @return what is to be done now, in order
  public List<Command> on(Input input, Instant now) {
    if (input instanceof Input.Tick) {
      queues.values().forEach(queue -> queue.advance(now));
    } else if (input instanceof Input.Missed) {
      queues.values().forEach(queue -> queue.reread(now));
    } else if (input instanceof Input.ChannelIs(Channel channel)) {
      channelIs(channel);
      queues.get(channel.key()).advance(now);
    } else if (queues.get(input.channelKey()) instanceof ChannelQueue queue) {
      tell(queue, input, now);
      queue.advance(now);
    }
    List<Command> wanted = commands;
    commands = new ArrayList<>();
    return wanted;
  }

  /// When to send the next [Input.Tick]; null when nothing happens by the passing of time.
  public @Nullable Instant nextTime(Instant now) {
    return queues.values().stream()
        .map(queue -> queue.nextTime(now))
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .orElse(null);
  }

  /// How many messages, lanes and timers are kept in memory.
  int size() {
    return queues.values().stream().mapToInt(ChannelQueue::size).sum();
  }

  private void tell(ChannelQueue queue, Input input, Instant now) {
    switch (input) {
      case Input.Arrived(var queued) -> queue.arrived(queued, now);
      case Input.Loaded(_, var priority, var page, var isLast) ->
          queue.loaded(priority, page, isLast, now);
      case Input.LaneLoaded(_, var conversation, var page, var isLast) ->
          queue.laneLoaded(conversation, page, isLast, now);
      case Input.Ended(var queued, var next, var signal) -> queue.ended(queued, next, signal, now);
      case Input.Decided(var queued, var next) -> queue.decided(queued, next, now);
      case Input.Returned(var queued) -> queue.returned(queued, now);
      case Input.SettledElsewhere(_, var conversation, var message) ->
          queue.settledElsewhere(conversation, message, now);
      case Input.ChannelGone(var channel) -> queues.remove(channel);
      case Input.ChannelIs _, Input.Missed _, Input.Tick _ -> {}
    }
  }

  private void channelIs(Channel channel) {
    ChannelQueue queue = queues.get(channel.key());
    if (queue == null) {
      queues.put(channel.key(), new ChannelQueue(channel, command -> commands.add(command)));
    } else {
      queue.channel(channel);
    }
  }
}
