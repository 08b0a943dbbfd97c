package io.recado.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.recado.http.request.Caller;
import io.recado.journal.Id;
import io.recado.journal.Journal;
import io.recado.journal.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes when each key was last used, at most once a minute and without making any request wait. A
/// note that cannot be written is dropped; the next minute brings another. Safe for many threads.
public final class KeyUses {

  /// How precise a key's `lastUsedTime` is.
  public static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(KeyUses.class);

  private final Journal journal;
  private final Executor background;
  private final Cache<Id, Boolean> noted;

  /// @param nanoTime a clock that never jumps, such as `System::nanoTime`
  /// @param background runs what may block, such as `Thread::startVirtualThread`
  public KeyUses(Journal journal, LongSupplier nanoTime, Executor background) {
    this.journal = journal;
    this.background = background;
    this.noted =
        Caffeine.newBuilder()
            .maximumSize(Authentication.MAX_KEYS)
            .expireAfterWrite(INTERVAL)
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /// Notes that the caller's key was used.
  void note(Caller caller, Instant now) {
    if (noted.asMap().putIfAbsent(caller.apiKey(), Boolean.TRUE) == null) {
      background.execute(() -> write(caller, now));
    }
  }

  private void write(Caller caller, Instant now) {
    try {
      journal.commit(new NoteKeyUse(caller.workspace(), caller.apiKey(), now, INTERVAL));
    } catch (StorageException e) {
      LOG.debug("the last use of apiKeys/{} was not noted: {}", caller.apiKey(), e.kind());
    }
  }
}
