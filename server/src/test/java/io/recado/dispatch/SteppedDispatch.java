package io.recado.dispatch;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.conversation.Conversations;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;

/// The real dispatch without its thread: a simulation says when it takes in what has happened.
public final class SteppedDispatch {

  public final Dispatch dispatch;

  /// A dispatcher that has taken up nothing yet.
  public SteppedDispatch(
      Channels channels,
      Conversations conversations,
      Journal journal,
      ReadPool reads,
      Surroundings around) {
    var sending =
        new Sending(
            channels,
            conversations,
            journal,
            reads,
            new RetrySchedule(around.random),
            new Sending.Time(around.clock, around),
            (_, _, _) -> {});
    dispatch = new Dispatch(channels, journal, reads, sending, around.clock, around.work);
  }

  /// Takes up what is unfinished. Blocks.
  public void recover(List<Channel> all) {
    dispatch.recover(all);
  }

  /// Takes in what has happened.
  public void step() {
    dispatch.step();
  }

  /// How long nothing is to be done, unless something happens.
  public long sleepMillis() {
    return dispatch.sleepMillis();
  }

  /// What a dispatcher has of the world.
  ///
  /// @param random for jitter
  /// @param work starts what blocks
  /// @param nanos the monotonic clock
  /// @param pausing waits a moment
  public record Surroundings(
      InstantSource clock,
      java.util.random.RandomGenerator random,
      ExecutorService work,
      LongSupplier nanos,
      Runnable pausing)
      implements Timing {

    @Override
    public long nanoTime() {
      return nanos.getAsLong();
    }

    @Override
    public void pause() {
      pausing.run();
    }

    @Override
    public void stop() {
      // A crash ends all waiting.
    }

    @Override
    public boolean isStopped() {
      return false;
    }
  }
}
