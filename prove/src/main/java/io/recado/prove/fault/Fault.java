package io.recado.prove.fault;

import java.time.Duration;

/// What happens to one request and its answer on their way.
public sealed interface Fault {

  /// Nothing.
  record None() implements Fault {}

  /// The request waits before it goes on.
  record Latency(Duration by) implements Fault {}

  /// The answer comes so many bytes a second.
  record Drip(int bytesPerSecond) implements Fault {}

  /// The answer ends after so many bytes, and the connection with it.
  record CutAfter(int bytes) implements Fault {}

  /// The connection is reset before the request has gone on.
  record Reset() implements Fault {}

  /// The request goes nowhere, and the connection stays.
  record BlackHole() implements Fault {}

  /// The request goes on, nothing comes back, and the connection stays.
  record HalfOpen() implements Fault {}

  /// The request goes on; when its answer comes, the connection is reset instead.
  record SwallowAnswer() implements Fault {}

  /// As reports have it.
  default String inWords() {
    return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase();
  }
}
