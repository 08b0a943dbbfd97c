package io.recado.emulator.phone;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a business and a person have said to each other, the latest of it. Guarded by [Phones].
final class Chat {
  private static final int MAX_BUBBLES = 100;

  final Key key;
  private @Nullable String name;
  private long typingUntil;
  private Deque<Bubble> bubbles = new ArrayDeque<>();

  Chat(Key key) {
    this.key = key;
  }

  /// Whose chat it is.
  ///
  /// @param person the phone number in digits
  record Key(String numberId, String person) {}

  /// One message.
  ///
  /// @param isOurs whether the person wrote it
  /// @param message as Meta's API has it
  /// @param hasArrived whether it is on the person's phone
  /// @param isSeen whether the business has marked it as read; of the person's own messages
  record Bubble(
      String wamid,
      boolean isOurs,
      long millis,
      ObjectNode message,
      boolean hasArrived,
      boolean isSeen) {

    Bubble arrived() {
      return new Bubble(wamid, isOurs, millis, message, true, isSeen);
    }

    Bubble seen() {
      return new Bubble(wamid, isOurs, millis, message, hasArrived, true);
    }
  }

  void add(Bubble bubble) {
    if (bubbles.size() == MAX_BUBBLES) {
      bubbles.removeFirst();
    }
    bubbles.addLast(bubble);
  }

  /// Whether a message is among those that are kept.
  boolean has(String wamid) {
    return bubbles.stream().anyMatch(bubble -> bubble.wamid.equals(wamid));
  }

  void change(Predicate<Bubble> which, UnaryOperator<Bubble> change) {
    Deque<Bubble> changed = new ArrayDeque<>(bubbles.size());
    bubbles.forEach(bubble -> changed.add(which.test(bubble) ? change.apply(bubble) : bubble));
    bubbles = changed;
  }

  /// What the person's phone shows, oldest first.
  List<Bubble> shown() {
    return bubbles.stream().filter(Bubble::hasArrived).toList();
  }

  /// What the person calls himself; null while only the business has written.
  @Nullable String name() {
    return name;
  }

  void name(String given) {
    name = given;
  }

  /// Whether the business is typing at this time.
  boolean isTyping(long millis) {
    return millis < typingUntil;
  }

  void typingUntil(long millis) {
    typingUntil = millis;
  }
}
