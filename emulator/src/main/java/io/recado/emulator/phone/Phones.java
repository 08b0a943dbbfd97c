package io.recado.emulator.phone;

import io.recado.emulator.phone.Chat.Bubble;
import io.recado.emulator.phone.Chat.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What all people have on their phones: the 200 chats that were busy last, 100 messages of each.
/// Safe for many threads; telling it something never blocks for long.
public final class Phones {
  private static final int MAX_CHATS = 200;

  /// Source: Meta's documentation of typing indicators, "dismissed … after 25 seconds".
  private static final Duration TYPING = Duration.ofSeconds(25);

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SequencedMap<Key, Chat> chats = new LinkedHashMap<>();
  private long version = 1;

  /// Phones that are empty.
  ///
  /// @param clock says until when a business types
  public Phones(InstantSource clock) {
    this.clock = clock;
  }

  /// A business has sent something that is on its way to the phone.
  ///
  /// @param person the phone number in digits
  /// @param message the body of the send; it is kept, so nobody may change it afterwards
  public void expect(String numberId, String person, String wamid, ObjectNode message) {
    var bubble = new Bubble(wamid, false, clock.millis(), message, false, false);
    change(() -> busy(numberId, person).add(bubble));
  }

  /// What was on its way is on the phone.
  public void arrive(String numberId, String person, String wamid) {
    change(
        () -> {
          Chat chat = chats.get(new Key(numberId, person));
          if (chat != null) {
            chat.change(bubble -> bubble.wamid().equals(wamid), Bubble::arrived);
            chat.typingUntil(0);
          }
        });
  }

  /// The person has written something.
  ///
  /// @param message as callbacks carry it; it is kept
  public void write(String numberId, String person, String name, String wamid, ObjectNode message) {
    var bubble = new Bubble(wamid, true, clock.millis(), message, true, false);
    change(
        () -> {
          Chat chat = busy(numberId, person);
          chat.name(name);
          chat.add(bubble);
        });
  }

  /// The business has read a message, and so all before it; and perhaps it types.
  public void see(String numberId, String wamid, boolean isTyping) {
    change(
        () -> {
          for (Chat chat : chats.sequencedValues().reversed()) {
            if (chat.key.numberId().equals(numberId) && chat.has(wamid)) {
              chat.change(Bubble::isOurs, Bubble::seen);
              chat.typingUntil(isTyping ? clock.millis() + TYPING.toMillis() : 0);
              return;
            }
          }
        });
  }

  /// What there is to show, as soon as it differs from what the caller has seen.
  ///
  /// @param seen the version that the caller has; 0 for none
  /// @param patience after which it answers even so
  View await(@Nullable Key chosen, long seen, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (version == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
      return view(chosen);
    } finally {
      lock.unlock();
    }
  }

  private View view(@Nullable Key chosen) {
    List<Owner> owners = new ArrayList<>();
    for (Chat chat : chats.sequencedValues().reversed()) {
      owners.add(new Owner(chat.key, chat.name()));
    }
    Chat chat = chosen == null ? null : chats.get(chosen);
    return chat == null
        ? new View(version, owners, List.of(), false)
        : new View(version, owners, chat.shown(), chat.isTyping(clock.millis()));
  }

  private Chat busy(String numberId, String person) {
    var key = new Key(numberId, person);
    Chat chat = chats.remove(key);
    if (chat == null) {
      chat = new Chat(key);
      if (chats.size() == MAX_CHATS) {
        chats.pollFirstEntry();
      }
    }
    chats.put(key, chat);
    return chat;
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      version++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whose phones there are, the busiest first, and one chat.
  ///
  /// @param version changes with everything that happens
  /// @param bubbles oldest first
  record View(long version, List<Owner> owners, List<Bubble> bubbles, boolean isTyping) {}

  /// A person with a chat.
  record Owner(Key key, @Nullable String name) {}
}
