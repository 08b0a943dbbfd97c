package io.recado.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;

/// Looks, while a load goes on, how many messages have been read and how much memory the server
/// has, twice a second, and has the emulator forget what it keeps. One thread, ended by [#close].
final class LifeSamples implements AutoCloseable {

  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int FORGET_EVERY = 4;

  private final LifeWorld world;
  private final LifeCounts before;
  private final List<Sample> samples = new ArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("samples").unstarted(this::run);
  private volatile long read;
  private volatile boolean ended;

  LifeSamples(LifeWorld world) throws IOException, InterruptedException {
    this.world = world;
    this.before = world.counts();
    thread.start();
  }

  /// A pace that keeps so many messages between their acceptance and their being read.
  LongUnaryOperator window(int messages) {
    return _ -> read + messages;
  }

  /// Messages read a second, from the first sample after some time to the last.
  double readPerSecond(long afterNanos) {
    List<Sample> some = after(afterNanos);
    Sample first = some.getFirst();
    Sample last = some.getLast();
    return (last.read - first.read) * 1e9 / (last.nanos - first.nanos);
  }

  /// How the memory rises, in MiB a minute, as the line through all samples after some time.
  double residentSlope(long afterNanos) {
    List<Sample> some = after(afterNanos);
    double meanTime = some.stream().mapToDouble(Sample::minutes).average().orElse(0);
    double meanSize = some.stream().mapToDouble(Sample::residentMiB).average().orElse(0);
    double above = 0;
    double below = 0;
    for (Sample sample : some) {
      above += (sample.minutes() - meanTime) * (sample.residentMiB() - meanSize);
      below += (sample.minutes() - meanTime) * (sample.minutes() - meanTime);
    }
    return below == 0 ? 0 : above / below;
  }

  @Override
  public void close() throws InterruptedException {
    ended = true;
    thread.join();
  }

  private List<Sample> after(long nanos) {
    long from = samples.getFirst().nanos + nanos;
    return samples.stream().filter(sample -> sample.nanos >= from).toList();
  }

  private void run() {
    try {
      for (int i = 1; !ended; i++) {
        read = world.counts().since(before).read();
        long resident = world.recado().usage().residentKiB();
        samples.add(new Sample(System.nanoTime(), read, resident));
        if (i % FORGET_EVERY == 0) {
          world.control().forget();
        }
        LockSupport.parkNanos(EVERY_NANOS);
      }
    } catch (IOException e) {
      throw new IllegalStateException("a server does not answer any more", e);
    } catch (InterruptedException _) {
      // Nobody waits for it.
    }
  }

  private record Sample(long nanos, long read, long residentKiB) {

    double minutes() {
      return nanos / 60e9;
    }

    double residentMiB() {
      return residentKiB / 1024.0;
    }
  }
}
