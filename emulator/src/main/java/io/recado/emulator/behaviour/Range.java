package io.recado.emulator.behaviour;

import java.util.random.RandomGenerator;

/// A span of milliseconds, both ends included, from which delays are drawn.
public record Range(long min, long max) {
  public long draw(RandomGenerator random) {
    return min == max ? min : random.nextLong(min, max + 1);
  }
}
