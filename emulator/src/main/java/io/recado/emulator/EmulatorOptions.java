package io.recado.emulator;

import java.util.Random;
import java.util.random.RandomGenerator;

/// How an emulator starts.
///
/// @param host where it listens
/// @param port 0 takes a free one
/// @param clock may be shared, so that a test moves several parts at once
/// @param random draws latencies, losses and ids; must be safe for many threads, as [Random] is
public record EmulatorOptions(String host, int port, EmulatorClock clock, RandomGenerator random) {
  public EmulatorOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("The port must be from 0 to 65535, not " + port + ".");
    }
  }

  /// A free port on loopback, an own clock, randomness that differs from run to run.
  public static EmulatorOptions standard() {
    return new EmulatorOptions("127.0.0.1", 0, new EmulatorClock(), new Random());
  }

  public EmulatorOptions withHost(String newHost) {
    return new EmulatorOptions(newHost, port, clock, random);
  }

  public EmulatorOptions withPort(int newPort) {
    return new EmulatorOptions(host, newPort, clock, random);
  }

  public EmulatorOptions withClock(EmulatorClock newClock) {
    return new EmulatorOptions(host, port, newClock, random);
  }

  /// The same draws in every run that makes the same calls in the same order.
  public EmulatorOptions withSeed(long seed) {
    return new EmulatorOptions(host, port, clock, new Random(seed));
  }
}
