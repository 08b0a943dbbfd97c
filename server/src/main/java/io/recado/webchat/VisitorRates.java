package io.recado.webchat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/// How much visitors may ask: those of a person at a keyboard with room to spare, so that one who
/// does more is a program. Per node. Safe for many threads.
final class VisitorRates {

  private final Buckets<String> sessions;
  private final Buckets<String> requests;
  private final Buckets<String> visitors;
  private final Buckets<String> messages;

  /// @param nanoTime a clock that never jumps, such as `System::nanoTime`
  VisitorRates(LongSupplier nanoTime) {
    // An address may stand for a whole office.
    sessions = new Buckets<>("address", 60, Duration.ofSeconds(1), nanoTime);
    requests = new Buckets<>("address", 600, Duration.ofMillis(20), nanoTime);
    visitors = new Buckets<>("visitor", 60, Duration.ofMillis(200), nanoTime);
    messages = new Buckets<>("visitor", 20, Duration.ofSeconds(1), nanoTime);
  }

  /// Counts a request of an address, before anything else is done for it.
  void request(InetAddress address) {
    requests.take(network(address));
  }

  /// Counts the start of a session.
  void session(InetAddress address) {
    sessions.take(network(address));
  }

  /// Counts a request of a visitor.
  void visitor(Seat seat) {
    visitors.take(seat.limitKey());
  }

  /// Counts a message of a visitor.
  void message(Seat seat) {
    messages.take(seat.limitKey());
  }

  /// One household has a /64 of IPv6, and uses all of it when it pays.
  private static String network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return Arrays.toString(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
  }
}
