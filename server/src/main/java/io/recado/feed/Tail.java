package io.recado.feed;

import io.recado.feed.EventFeed.Stretch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The newest events of a workspace, read and shown once for all who read at its log's end. Bounded
/// in events and bytes; who falls further behind reads for himself. Safe for many threads.
final class Tail {

  /// The most events that are read at once.
  static final int AT_ONCE = 200;

  static final int MOST_EVENTS = 1_000;
  static final int MOST_BYTES = 256 << 10;

  private final Source source;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<ShownEvent> events = new ArrayDeque<>();
  private long begin = -1;
  private long end = -1;
  private int bytes;

  Tail(Source source) {
    this.source = source;
  }

  /// What lies after a position; empty when it is not one of those at hand.
  Optional<Stretch> after(long position, int limit, EventChoice choice) {
    lock.lock();
    try {
      if (begin < 0 || position < begin || position > end) {
        return Optional.empty();
      }
      boolean isAtHead = position == end && read();
      return Optional.of(kept(position, limit, choice, isAtHead));
    } finally {
      lock.unlock();
    }
  }

  /// Somebody has read up to a position and found the log's end there; what comes is kept.
  void begin(long position) {
    lock.lock();
    try {
      if (position > end) {
        events.clear();
        bytes = 0;
        begin = position;
        end = position;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Reads on.
  ///
  /// @return whether that was all
  private boolean read() {
    Stretch next = source.read(end, AT_ONCE);
    for (ShownEvent event : next.events()) {
      events.add(event);
      bytes += event.json().length;
    }
    end = next.end();
    while (events.size() > MOST_EVENTS || bytes > MOST_BYTES && events.size() > 1) {
      ShownEvent oldest = events.remove();
      bytes -= oldest.json().length;
      begin = oldest.position();
    }
    return next.isAtHead();
  }

  private Stretch kept(long position, int limit, EventChoice choice, boolean isAtHead) {
    List<ShownEvent> wanted = new ArrayList<>();
    for (ShownEvent event : events) {
      if (event.position() > position && choice.takes(event.type(), event.channel())) {
        if (wanted.size() == limit) {
          return new Stretch(wanted, wanted.getLast().position(), false, false);
        }
        wanted.add(event);
      }
    }
    return new Stretch(wanted, end, isAtHead, false);
  }

  /// Reads all events after a position.
  @FunctionalInterface
  interface Source {
    Stretch read(long position, int most);
  }
}
