package io.recado.dispatch;

import io.recado.message.Priority;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lanes of a channel that may start something, in turns: those with an urgent message first.
/// Pure; for one thread.
final class Turns {

  private final Map<Priority, ArrayDeque<Lane>> lanes = new EnumMap<>(Priority.class);

  Turns() {
    for (Priority priority : Priority.values()) {
      lanes.put(priority, new ArrayDeque<>());
    }
  }

  /// Puts a lane at the end of its queue, unless it stands there; into a more urgent one when it
  /// has become that.
  void add(Lane lane) {
    Priority priority = lane.priority();
    if (lane.turn == null || priority.compareTo(lane.turn) < 0) {
      lane.turn = priority;
      lanes.get(priority).addLast(lane);
    }
  }

  /// Whose turn it is; null when nobody waits.
  @Nullable Lane peek() {
    for (var queue : lanes.entrySet()) {
      Lane first = queue.getValue().peekFirst();
      while (first != null && first.turn != queue.getKey()) {
        // It went on in a more urgent queue.
        queue.getValue().pollFirst();
        first = queue.getValue().peekFirst();
      }
      if (first != null) {
        return first;
      }
    }
    return null;
  }

  /// Takes out the lane whose turn it is.
  void poll() {
    Lane lane = peek();
    lanes.get(lane.turn).pollFirst();
    lane.turn = null;
  }

  boolean isEmpty() {
    return peek() == null;
  }
}
