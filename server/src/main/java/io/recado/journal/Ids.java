package io.recado.journal;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Makes ids; the only source of them. One per node: the node's five random bytes keep nodes apart.
/// Safe for many threads.
public final class Ids {

  private final InstantSource clock;
  private final long node;
  private final AtomicLong counter;

  /// Ids with a random node part, counting from a random start.
  public Ids(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.node = random.nextLong() & 0xff_ffff_ffffL;
    this.counter = new AtomicLong(random.nextInt() & 0x7f_ffff);
  }

  /// A new id. 16 million a second are unique.
  public Id next() {
    return at(clock.millis());
  }

  /// A new id that sorts as if made at that time.
  public Id at(long epochMillis) {
    long second = epochMillis / 1000 & 0xffff_ffffL;
    int count = (int) (counter.getAndIncrement() & 0xff_ffff);
    // Four bytes of time, five of the node, three of the counter, as an ObjectId has them.
    return new Id(second << 32 | node >>> 8, (int) (node & 0xff) << 24 | count);
  }
}
