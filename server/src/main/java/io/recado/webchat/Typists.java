package io.recado.webchat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Which visitors are writing something now. Kept in memory only, on this node. Safe for many
/// threads.
public final class Typists {

  /// A widget says it again every 3 s while its visitor goes on.
  private static final Duration LIFE = Duration.ofSeconds(6);

  private final Cache<Long, Boolean> conversations;

  /// @param nanoTime a clock that never jumps, such as `System::nanoTime`
  public Typists(LongSupplier nanoTime) {
    conversations =
        Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(LIFE)
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /// Whether the person of a conversation is writing.
  public boolean isTyping(long conversation) {
    return conversations.getIfPresent(conversation) != null;
  }

  void types(long conversation) {
    conversations.put(conversation, true);
  }

  void sent(long conversation) {
    conversations.invalidate(conversation);
  }
}
